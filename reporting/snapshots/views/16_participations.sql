-- The stretches of days on which a person is in an activity at a unit; no `ended`: still. An activity ends at the latest with its
-- joined enrolment, and a person counts once a day, unit and activity (measures.md, section 4): stretches that overlap are one.
-- Drop-in activities have visits and no participants.
CREATE TABLE participations AS
WITH activity_days AS (
    SELECT j.kommun, j.person, j.unit, j.unit_kind, a.activity_type, a.start,
           least(coalesce(a.ended, DATE '9999-12-31'), coalesce(j.ended, DATE '9999-12-31')) AS last_day
    FROM activities_when_joined AS a
    JOIN joined_enrolments AS j ON j.kommun = a.kommun AND j.enrolment = a.enrolment
    LEFT JOIN activity_types AS t ON t.kommun = a.kommun AND t.activity_type = a.activity_type
    WHERE NOT coalesce(t.drop_in, FALSE)
      AND a.start <= coalesce(least(a.ended, j.ended), a.start)
),
-- Most have only one stretch, and those that have one need not be laid in order.
at_all AS (
    SELECT kommun, person, unit, unit_kind, activity_type, min(start) AS start, max(last_day) AS last_day, count(*) AS stretches
    FROM activity_days
    GROUP BY kommun, person, unit, unit_kind, activity_type
),
in_order AS (
    SELECT d.*,
           max(d.last_day) OVER (
               PARTITION BY d.kommun, d.person, d.unit, d.activity_type ORDER BY d.start, d.last_day
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
           ) AS last_day_before
    FROM activity_days AS d
    JOIN at_all AS s
        ON s.kommun = d.kommun AND s.person = d.person AND s.unit = d.unit AND s.activity_type = d.activity_type
    WHERE s.stretches > 1
),
numbered AS (
    SELECT *,
           sum(CASE WHEN start <= last_day_before THEN 0 ELSE 1 END) OVER (
               PARTITION BY kommun, person, unit, activity_type ORDER BY start, last_day
               ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
           ) AS stretch
    FROM in_order
)
SELECT kommun, person, unit, unit_kind, activity_type, start, nullif(last_day, DATE '9999-12-31') AS ended
FROM at_all
WHERE stretches = 1
UNION ALL
SELECT kommun, person, unit, unit_kind, activity_type, min(start), nullif(max(last_day), DATE '9999-12-31')
FROM numbered
GROUP BY kommun, person, unit, unit_kind, activity_type, stretch;
