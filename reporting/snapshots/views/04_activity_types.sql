-- The catalogue of activities. provider: egen, avtal or annan. A drop-in activity counts visits, never participants.
CREATE VIEW activity_types AS
SELECT kommun, code AS activity_type, name, unit, provider, coalesce(drop_in, FALSE) AS drop_in
FROM activity_type;
