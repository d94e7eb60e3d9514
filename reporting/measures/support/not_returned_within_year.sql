-- Persons whose support ended in the cohort window: have they applied again within twelve months?
-- $resident: those who moved or died within the twelve months, without returning before that, are left out.
WITH closings AS (
    SELECT s.kommun, s.person, s.support_case, s.unit, s.closed,
           CAST(s.closed + INTERVAL 12 MONTH AS DATE)  AS window_end,
           least(p.moved, p.died)                      AS gone,
           coalesce(p.moved <= p.died, p.moved IS NOT NULL) AS gone_by_moving
    FROM support_cases AS s
    JOIN persons AS p ON p.kommun = s.kommun AND p.person = s.person
    WHERE s.role IN ('huvudsokande', 'medsokande')
      AND s.decision IN ('bifall', 'delavslag')
      AND s.closed BETWEEN $cohort_start AND $cohort_end
      AND p.birth_date + INTERVAL 18 YEAR <= s.closed
    QUALIFY row_number() OVER (PARTITION BY s.kommun, s.person ORDER BY s.closed, s.support_case) = 1
),
returns AS (
    SELECT c.kommun, c.person, min(again.applied) AS returned
    FROM closings AS c
    JOIN support_cases AS again
        ON again.kommun = c.kommun AND again.person = c.person AND again.support_case <> c.support_case
    WHERE again.role IN ('huvudsokande', 'medsokande')
      AND again.applied > c.closed
      AND again.applied <= c.window_end
    GROUP BY c.kommun, c.person
),
judged AS (
    SELECT c.*, r.returned,
           $resident AND coalesce(c.gone <= c.window_end, FALSE)
               AND coalesce(r.returned >= c.gone, TRUE) AS left_the_municipality,
           c.window_end > $as_of                        AS window_open
    FROM closings AS c
    LEFT JOIN returns AS r ON r.kommun = c.kommun AND r.person = c.person
)
SELECT kommun,
       person                                       AS unit_key,
       person                                       AS person_key,
       unit,
       closed                                       AS attribution_date,
       NOT left_the_municipality AND NOT window_open AS in_population,
       CASE WHEN left_the_municipality AND gone_by_moving THEN 'moved'
            WHEN left_the_municipality                    THEN 'deceased'
            WHEN window_open                              THEN 'window_open'
            WHEN returned IS NOT NULL                     THEN 'returned'
            ELSE                                               'not_returned' END AS reason,
       CASE WHEN NOT left_the_municipality AND NOT window_open THEN returned IS NULL END AS met,
       support_case, closed, window_end, returned, gone
FROM judged
