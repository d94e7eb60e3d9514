-- Enrolments going on the last day looked at: do the activities of that day add up to under six hours a week?
-- since: the day from which the activities have been these.
WITH hours AS (
    SELECT a.kommun, a.enrolment,
           count(*) FILTER (coalesce(a.ended >= $looked_at, TRUE))                                  AS activities,
           count(*) FILTER (coalesce(a.ended >= $looked_at, TRUE) AND a.hours_per_week IS NULL)     AS unknown,
           sum(a.hours_per_week) FILTER (coalesce(a.ended >= $looked_at, TRUE))                     AS hours_per_week,
           max(CASE WHEN a.ended < $looked_at THEN CAST(a.ended + INTERVAL 1 DAY AS DATE) ELSE a.start END) AS changed
    FROM activities AS a
    WHERE a.start <= $looked_at
    GROUP BY a.kommun, a.enrolment
),
judged AS (
    SELECT e.*,
           coalesce(h.activities, 0)                                    AS activities,
           CASE WHEN coalesce(h.unknown, 0) = 0 THEN coalesce(h.hours_per_week, 0) END AS hours_per_week,
           greatest(e.start, h.changed)                                 AS since,
           CASE WHEN e.moved < $looked_at  THEN 'moved'
                WHEN e.died < $looked_at   THEN 'deceased'
                WHEN h.unknown > 0         THEN 'hours_unknown' END  AS left_out
    FROM enrolments_of_present_persons AS e
    LEFT JOIN hours AS h ON h.kommun = e.kommun AND h.enrolment = e.enrolment
    WHERE e.start <= $looked_at
      AND coalesce(e.ended_as_delivered >= $looked_at, TRUE)
)
SELECT kommun,
       enrolment                                    AS unit_key,
       person                                       AS person_key,
       unit,
       $looked_at                                   AS attribution_date,
       referrer,
       enrolment,
       left_out IS NULL                             AS in_population,
       CASE WHEN left_out IS NOT NULL THEN left_out
            WHEN activities = 0       THEN 'no_activity'
            WHEN hours_per_week < 6   THEN 'under_six_hours'
            ELSE                           'six_hours_or_more' END AS reason,
       CASE WHEN left_out IS NULL THEN hours_per_week < 6 END AS met,
       start, CAST(hours_per_week AS DOUBLE)        AS hours_per_week, activities, since
FROM judged
