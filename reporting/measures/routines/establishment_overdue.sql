-- Persons enrolled at an integration unit on the last day looked at: were they received more than 24 months ago?
-- Somebody with several such enrolments is listed with the one that began first.
WITH going_on AS (
    SELECT e.*,
           CASE WHEN e.moved < $looked_at THEN 'moved'
                WHEN e.died < $looked_at  THEN 'deceased' END AS gone
    FROM enrolments_of_present_persons AS e
    WHERE e.unit_kind = 'integration'
      AND e.start <= $looked_at
      AND coalesce(e.ended_as_delivered >= $looked_at, TRUE)
    QUALIFY row_number() OVER (
        PARTITION BY e.kommun, e.person
        ORDER BY CASE WHEN e.moved < $looked_at OR e.died < $looked_at THEN 1 ELSE 0 END, e.start, e.enrolment
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
       $looked_at                                   AS attribution_date,
       referrer,
       enrolment,
       left_out IS NULL                             AS in_population,
       CASE WHEN left_out IS NOT NULL THEN left_out
            WHEN since < $looked_at   THEN 'overdue'
            ELSE                           'within_24_months' END AS reason,
       CASE WHEN left_out IS NULL THEN since < $looked_at END AS met,
       start, received, since
FROM judged
