-- Budget and outcome by month, unit and activity (empty: shared), and forecasts of whole years. sign: 1 for cost, -1 for internal
-- revenue and sales to other municipalities (SCB's concept, Kolada N40008); state grants have is_grant.
CREATE VIEW budgets AS
SELECT kommun, month, last_day(month) AS month_end, unit, activity_type, outcome, budget,
       CASE WHEN kind IN ('direkt', 'gemensam') THEN 1 ELSE -1 END AS sign,
       kind = 'statsbidrag'                     AS is_grant
FROM cost;

CREATE VIEW forecasts AS
SELECT kommun, year, made, unit, activity_type, forecast,
       CASE WHEN kind IN ('direkt', 'gemensam') THEN 1 ELSE -1 END AS sign,
       kind = 'statsbidrag'                     AS is_grant
FROM forecast;
