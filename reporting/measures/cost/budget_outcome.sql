-- Budget and outcome by month, unit and activity, with what the same month cost the year before; and the latest forecast of the year.
-- $net_of_grants: state grants are taken off. A forecast stands on the period's last day.
WITH amounts AS (
    SELECT kommun, unit, activity_type, month, sign * outcome AS outcome, sign * budget AS budget, NULL AS previous_year
    FROM budgets
    WHERE month_end BETWEEN $period_start AND $period_end
      AND (NOT is_grant OR $net_of_grants)
    UNION ALL
    SELECT kommun, unit, activity_type, CAST(month + INTERVAL 12 MONTH AS DATE), NULL, NULL, sign * outcome
    FROM budgets
    WHERE last_day(month + INTERVAL 12 MONTH) BETWEEN $period_start AND $period_end
      AND (NOT is_grant OR $net_of_grants)
),
months AS (
    SELECT kommun, unit, activity_type, month,
           sum(outcome) AS outcome, sum(budget) AS budget, sum(previous_year) AS previous_year
    FROM amounts
    GROUP BY kommun, unit, activity_type, month
),
latest AS (
    SELECT *
    FROM forecasts
    WHERE year = date_part('year', $period_end)
    QUALIFY made = max(made) OVER (PARTITION BY kommun, unit)
),
forecast_rows AS (
    SELECT kommun, unit, activity_type, made, sum(sign * forecast) AS forecast
    FROM latest
    WHERE NOT is_grant OR $net_of_grants
    GROUP BY kommun, unit, activity_type, made
)
SELECT kommun,
       concat_ws('/', unit, coalesce(activity_type, '–'), strftime(month, '%Y-%m')) AS unit_key,
       NULL                                         AS person_key,
       unit,
       activity_type,
       last_day(month)                              AS attribution_date,
       TRUE                                         AS in_population,
       'month'                                      AS reason,
       outcome, budget,
       -- Without any budget in the municipality there is nothing to deviate from; an unbudgeted cost deviates by all of it.
       CASE WHEN count(budget) OVER (PARTITION BY kommun) > 0
            THEN coalesce(budget, 0) - coalesce(outcome, 0) END AS deviation,
       NULL                                         AS forecast,
       CAST(NULL AS DATE)                           AS forecast_made,
       previous_year
FROM months
UNION ALL
SELECT kommun,
       concat_ws('/', unit, coalesce(activity_type, '–'), 'prognos'),
       NULL, unit, activity_type, $period_end, TRUE, 'forecast', NULL, NULL, NULL, forecast, made, NULL
FROM forecast_rows
