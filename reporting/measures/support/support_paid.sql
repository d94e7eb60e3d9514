-- What was paid for the months of the period: one row a person and month with aid; an adult is a recipient.
-- $without_refugees: the months of households whose applicant is flagged as a refugee household are left out.
WITH in_period AS (
    SELECT a.kommun, a.person, a.household, a.month, a.unit, a.amount, a.hinder,
           p.birth_date + INTERVAL 18 YEAR <= $period_end                            AS adult,
           -- Whoever has no role that month may be the applicant.
           p.refugee_household AND coalesce(a.role, 'huvudsokande') = 'huvudsokande' AS flagged
    FROM aided_months AS a
    JOIN persons AS p ON p.kommun = a.kommun AND p.person = a.person
    WHERE a.month >= date_trunc('month', $period_start) AND a.month <= $period_end AND last_day(a.month) <= $period_end
),
judged AS (
    SELECT *,
           $without_refugees AND bool_or(flagged) OVER (PARTITION BY kommun, household, month) AS left_out
    FROM in_period
)
SELECT kommun,
       concat_ws('/', person, strftime(month, '%Y-%m')) AS unit_key,
       person                                       AS person_key,
       unit,
       last_day(month)                              AS attribution_date,
       NOT left_out                                 AS in_population,
       CASE WHEN left_out THEN 'refugee_household'
            WHEN adult    THEN 'recipient'
            ELSE               'child' END          AS reason,
       CAST(amount AS DOUBLE)                       AS amount,
       CASE WHEN adult THEN 1 ELSE 0 END            AS units,
       hinder, household
FROM judged
