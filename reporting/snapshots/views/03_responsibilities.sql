-- The committee that answers for a unit from `start` to `ended`, both days included; no `ended`: still.
CREATE VIEW responsibilities AS
SELECT kommun, unit, committee, start, ended, decision
FROM responsibility;
