-- Visits to drop-in activities by month, unit and activity. Nobody is registered: visits are counted, never participants.
CREATE VIEW visits AS
SELECT kommun, month, last_day(month) AS month_end, unit, activity_type, visits
FROM visit;
