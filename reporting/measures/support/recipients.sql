-- Adults with aid in any month of the period: one row a person, by the last such month.
WITH aided AS (
    SELECT a.kommun, a.person, a.household, a.unit, a.month, a.hinder,
           count(*) OVER (PARTITION BY a.kommun, a.person)   AS months,
           min(a.month) OVER (PARTITION BY a.kommun, a.person) AS first_month
    FROM aided_months AS a
    WHERE a.month >= date_trunc('month', $period_start) AND a.month <= $period_end AND last_day(a.month) <= $period_end
    QUALIFY row_number() OVER (PARTITION BY a.kommun, a.person ORDER BY a.month DESC) = 1
)
SELECT a.kommun,
       a.person                                     AS unit_key,
       a.person                                     AS person_key,
       a.unit,
       last_day(a.month)                            AS attribution_date,
       TRUE                                         AS in_population,
       'recipient'                                  AS reason,
       TRUE                                         AS met,
       a.hinder, a.months, a.first_month, a.month AS last_month, a.household
FROM aided AS a
JOIN persons AS p ON p.kommun = a.kommun AND p.person = a.person
WHERE p.birth_date + INTERVAL 18 YEAR <= $period_end
