-- Persons enrolled at an integration unit on the last day looked at: were they received more than 24 months ago?
-- Somebody with several such enrolments is listed with the one that began first.
WITH looked_at AS (
    SELECT least($period_end, $as_of) AS day
),
going_on AS (
    SELECT e.*, looked_at.day,
           CASE WHEN e.moved < looked_at.day THEN 'moved'
                WHEN e.died < looked_at.day  THEN 'deceased' END AS gone
    FROM enrolments_of_present_persons AS e
    CROSS JOIN looked_at
    WHERE e.unit_kind = 'integration'
      AND e.start <= looked_at.day
      AND coalesce(e.ended_as_delivered >= looked_at.day, TRUE)
    QUALIFY row_number() OVER (
        PARTITION BY e.kommun, e.person
        ORDER BY CASE WHEN e.moved < looked_at.day OR e.died < looked_at.day THEN 1 ELSE 0 END, e.start, e.enrolment
    ) = 1
),
judged AS (
    SELECT g.*, p.received,
           CAST(p.received + INTERVAL 24 MONTH AS DATE)                                      AS since,
           coalesce(g.gone, CASE WHEN p.received IS NULL THEN 'reception_unknown' END)       AS left_out
    FROM going_on AS g
    LEFT JOIN persons AS p ON p.kommun = g.kommun AND p.person = g.person
)
SELECT kommun,
       person                                       AS unit_key,
       person                                       AS person_key,
       unit,
       day                                          AS attribution_date,
       referrer,
       enrolment,
       left_out IS NULL                             AS in_population,
       CASE WHEN left_out IS NOT NULL THEN left_out
            WHEN since < day          THEN 'overdue'
            ELSE                           'within_24_months' END AS reason,
       CASE WHEN left_out IS NULL THEN since < day END AS met,
       start, received, since
FROM judged
