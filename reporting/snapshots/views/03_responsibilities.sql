-- The committee that answers for a unit from `start` to `ended`, both days included; no `ended`: still. Where two would overlap the
-- later one takes over on the day it begins, so that a unit never has two.
CREATE VIEW responsibilities AS
SELECT kommun, unit, committee, start,
       least(ended, CAST(lead(start) OVER (PARTITION BY kommun, unit ORDER BY start) - INTERVAL 1 DAY AS DATE)) AS ended,
       decision
FROM responsibility;
