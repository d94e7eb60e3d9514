-- The stretches of days on which a person is in an activity at a unit; no `ended`: still. An activity ends at the latest with its
-- joined enrolment, and a person counts once a day, unit and activity (measures.md, section 4): stretches that overlap are one.
-- Drop-in activities have visits and no participants.
CREATE TABLE participations AS
WITH activity_days AS (
    SELECT j.kommun, j.person, j.unit, j.unit_kind, a.activity_type, a.start,
           least(coalesce(a.ended, DATE '9999-12-31'), coalesce(j.ended, DATE '9999-12-31')) AS last_day
    FROM activities AS a
    JOIN enrolment_chains AS c ON c.kommun = a.kommun AND c.enrolment = a.enrolment
    JOIN joined_enrolments AS j ON j.kommun = c.kommun AND j.enrolment = c.counted
    LEFT JOIN activity_types AS t ON t.kommun = a.kommun AND t.activity_type = a.activity_type
    WHERE NOT coalesce(t.drop_in, FALSE)
),
in_order AS (
    SELECT *,
           max(last_day) OVER (
               PARTITION BY kommun, person, unit, activity_type ORDER BY start, last_day
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
           ) AS last_day_before
    FROM activity_days
    WHERE start <= last_day
),
numbered AS (
    SELECT *,
           sum(CASE WHEN start <= last_day_before THEN 0 ELSE 1 END) OVER (
               PARTITION BY kommun, person, unit, activity_type ORDER BY start, last_day
               ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
           ) AS stretch
    FROM in_order
)
SELECT kommun, person, unit, unit_kind, activity_type, min(start) AS start,
       nullif(max(last_day), DATE '9999-12-31') AS ended
FROM numbered
GROUP BY kommun, person, unit, unit_kind, activity_type, stretch;
