-- Costs by month, unit and activity; no activity: shared by the unit's activities. cost: gross cost less internal revenue and sales
-- to other municipalities (SCB's concept, Kolada N40008). state_grant: a column of its own; cost less it is net of grants (N40011).
CREATE VIEW costs AS
SELECT c.kommun, c.month, last_day(c.month) AS month_end, c.unit, u.kind AS unit_kind, c.activity_type,
       CASE
           WHEN c.kind IN ('direkt', 'gemensam')           THEN c.outcome
           WHEN c.kind IN ('intern_intakt', 'forsaljning') THEN -c.outcome
           ELSE 0
       END AS cost,
       CASE WHEN c.kind = 'statsbidrag' THEN c.outcome ELSE 0 END AS state_grant
FROM cost AS c
JOIN units AS u ON u.kommun = c.kommun AND u.unit = c.unit;
