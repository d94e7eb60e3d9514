-- Pauses for sickness that are going on the last day looked at: have they lasted longer than a month?
WITH looked_at AS (
    SELECT least($period_end, $as_of) AS day
),
judged AS (
    SELECT e.kommun, e.enrolment, e.person, e.unit, e.referrer, p.start AS since, looked_at.day,
           CAST(p.start + INTERVAL 1 MONTH AS DATE) < looked_at.day AS longer_than_a_month,
           CASE WHEN e.moved < looked_at.day THEN 'moved'
                WHEN e.died < looked_at.day  THEN 'deceased' END    AS left_out
    FROM pauses AS p
    JOIN enrolments_of_present_persons AS e ON e.kommun = p.kommun AND e.enrolment = p.enrolment
    CROSS JOIN looked_at
    WHERE p.reason = 'sjukdom'
      AND p.start <= looked_at.day
      AND coalesce(p.ended >= looked_at.day, TRUE)
      AND e.start <= looked_at.day
      AND coalesce(e.ended_as_delivered >= looked_at.day, TRUE)
)
SELECT kommun,
       concat_ws('/', enrolment, since)             AS unit_key,
       person                                       AS person_key,
       unit,
       day                                          AS attribution_date,
       referrer,
       enrolment,
       left_out IS NULL                             AS in_population,
       CASE WHEN left_out IS NOT NULL  THEN left_out
            WHEN longer_than_a_month   THEN 'longer_than_a_month'
            ELSE                            'a_month_or_less' END AS reason,
       CASE WHEN left_out IS NULL THEN longer_than_a_month END AS met,
       since, date_diff('day', since, day) + 1      AS days
FROM judged
