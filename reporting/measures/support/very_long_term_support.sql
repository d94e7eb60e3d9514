-- Adults with aid in the year that the 36 months of the cohort window end with: have they had it in at least 27 of them, never more
-- than two months in a row without it?
WITH in_window AS (
    SELECT kommun, person, month, unit, household
    FROM aided_months
    WHERE month BETWEEN $cohort_start AND $cohort_end
),
with_gaps AS (
    SELECT *,
           date_diff('month', lag(month) OVER (PARTITION BY kommun, person ORDER BY month), month) - 1 AS months_without
    FROM in_window
),
counted AS (
    SELECT kommun, person, count(*) AS months, min(month) AS first_month, max(month) AS last_month,
           coalesce(max(months_without), 0) AS longest_gap,
           max_by(unit, month) AS unit, max_by(household, month) AS household
    FROM with_gaps
    GROUP BY kommun, person
    HAVING max(month) >= date_trunc('year', $cohort_end)
)
SELECT c.kommun,
       c.person                                     AS unit_key,
       c.person                                     AS person_key,
       c.unit,
       $cohort_end                                  AS attribution_date,
       $cohort_end <= $as_of                        AS in_population,
       CASE WHEN $cohort_end > $as_of   THEN 'window_open'
            WHEN c.months < 27          THEN 'fewer_than_27_months'
            WHEN c.longest_gap > 2      THEN 'gap_over_two_months'
            ELSE                             'very_long' END AS reason,
       CASE WHEN $cohort_end <= $as_of THEN c.months >= 27 AND c.longest_gap <= 2 END AS met,
       c.months, c.longest_gap, c.first_month, c.last_month, c.household
FROM counted AS c
JOIN persons AS p ON p.kommun = c.kommun AND p.person = c.person
WHERE p.birth_date + INTERVAL 18 YEAR <= $cohort_end
