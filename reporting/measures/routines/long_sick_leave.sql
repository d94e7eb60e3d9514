-- Pauses for sickness that are going on the last day looked at: have they lasted longer than a month?
WITH judged AS (
    SELECT e.kommun, e.enrolment, e.person, e.unit, e.referrer, p.start AS since,
           CAST(p.start + INTERVAL 1 MONTH AS DATE) < $looked_at AS longer_than_a_month,
           CASE WHEN e.moved < $looked_at THEN 'moved'
                WHEN e.died < $looked_at  THEN 'deceased' END    AS left_out
    FROM pauses AS p
    JOIN enrolments_of_present_persons AS e ON e.kommun = p.kommun AND e.enrolment = p.enrolment
    WHERE p.reason = 'sjukdom'
      AND p.start <= $looked_at
      AND coalesce(p.ended >= $looked_at, TRUE)
      AND e.start <= $looked_at
      AND coalesce(e.ended_as_delivered >= $looked_at, TRUE)
)
SELECT kommun,
       concat_ws('/', enrolment, since)             AS unit_key,
       person                                       AS person_key,
       unit,
       $looked_at                                   AS attribution_date,
       referrer,
       enrolment,
       left_out IS NULL                             AS in_population,
       CASE WHEN left_out IS NOT NULL  THEN left_out
            WHEN longer_than_a_month   THEN 'longer_than_a_month'
            ELSE                            'a_month_or_less' END AS reason,
       CASE WHEN left_out IS NULL THEN longer_than_a_month END AS met,
       since, date_diff('day', since, $looked_at) + 1 AS days
FROM judged
