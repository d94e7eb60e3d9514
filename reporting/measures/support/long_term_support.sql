-- Adults with aid in the twelve months of the cohort window: have they had it in at least ten of them?
-- The day looked at is 31 December; with $rolling it is the period's last day.
WITH recipients AS (
    SELECT kommun, person,
           count(*)                  AS months,
           min(month)                AS first_month,
           max(month)                AS last_month,
           max_by(unit, month)       AS unit,
           max_by(household, month)  AS household
    FROM aided_months
    WHERE month BETWEEN $cohort_start AND $cohort_end
    GROUP BY kommun, person
)
SELECT r.kommun,
       r.person                                     AS unit_key,
       r.person                                     AS person_key,
       r.unit,
       CASE WHEN $rolling THEN $period_end ELSE $cohort_end END AS attribution_date,
       $cohort_end <= $as_of                        AS in_population,
       CASE WHEN $cohort_end > $as_of THEN 'window_open'
            WHEN r.months >= 10       THEN 'ten_months_or_more'
            ELSE                           'fewer_than_ten_months' END AS reason,
       CASE WHEN $cohort_end <= $as_of THEN r.months >= 10 END AS met,
       r.months, r.first_month, r.last_month, r.household
FROM recipients AS r
JOIN persons AS p ON p.kommun = r.kommun AND p.person = r.person
WHERE p.birth_date + INTERVAL 18 YEAR <= CASE WHEN $rolling THEN $period_end ELSE $cohort_end END
