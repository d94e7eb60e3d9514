-- The catalogue of activities. provider: egen, avtal or annan. A drop-in activity counts visits, never participants.
-- assesses_work_capacity: whether the activity is to assess what work a person can do.
CREATE VIEW activity_types AS
SELECT kommun, code AS activity_type, name, unit, provider, coalesce(drop_in, FALSE) AS drop_in,
       coalesce(assesses_work_capacity, FALSE) AS assesses_work_capacity
FROM activity_type;
