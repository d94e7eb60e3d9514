-- Adults with aid in the year that the 36 months of the cohort window end with: have they had it in at least 27 of them, never more
-- than two months in a row without it?
-- The months with aid are the ones in a binary number with a place for each month: what stands between two ones is a gap.
WITH counted AS (
    SELECT kommun, person, count(*) AS months, min(month) AS first_month, max(month) AS last_month,
           bit_or(CAST(1 AS BIGINT) << date_diff('month', $cohort_start, month)) AS marks,
           max_by(unit, month) AS unit, max_by(household, month) AS household
    FROM aided_months
    WHERE month BETWEEN $cohort_start AND $cohort_end
    GROUP BY kommun, person
    HAVING max(month) >= date_trunc('year', $cohort_end)
),
with_gaps AS (
    -- Of runs of zeros the longest is the last in the order of texts, and splitting it gives one part more than it has zeros.
    SELECT *, len(string_split(list_max(string_split(trim(bin(marks), '0'), '1')), '0')) - 1 AS longest_gap
    FROM counted
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
FROM with_gaps AS c
JOIN persons AS p ON p.kommun = c.kommun AND p.person = c.person
WHERE p.birth_date + INTERVAL 18 YEAR <= $cohort_end
