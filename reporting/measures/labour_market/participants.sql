-- Joined enrolments at units of kind ame with a day in the period, each with the marks that say where it counts; and the visits to
-- drop-in activities, one row a month, unit and activity. The last day looked at is the period's, or the as-of date if earlier.
WITH active AS (
    SELECT *, least($period_end, $as_of) AS last_day, least(ended, $period_end, $as_of) AS last_enrolled_day
    FROM joined_enrolments
    WHERE unit_kind = 'ame'
      AND start <= least($period_end, $as_of)
      AND coalesce(ended >= $period_start, $as_of >= $period_start)
),
-- What the enrolment contained on the period's days, in whichever of its parts.
contained AS (
    SELECT j.kommun, j.enrolment,
           bool_or(coalesce(a.workplace, FALSE) AND NOT coalesce(t.drop_in, FALSE))              AS at_workplace,
           bool_or(coalesce(t.assesses_work_capacity, FALSE) AND NOT coalesce(t.drop_in, FALSE)) AS assessed
    FROM activities_when_joined AS a
    JOIN active AS j ON j.kommun = a.kommun AND j.enrolment = a.enrolment
    LEFT JOIN activity_types AS t ON t.kommun = a.kommun AND t.activity_type = a.activity_type
    WHERE a.start <= j.last_enrolled_day
      AND coalesce(least(a.ended, j.ended) >= $period_start, TRUE)
      -- Both follow, and let the activities of other years be passed over as they are read.
      AND a.start <= $period_end
      AND coalesce(a.ended >= $period_start, TRUE)
    GROUP BY j.kommun, j.enrolment
)
SELECT j.kommun,
       j.enrolment                                  AS unit_key,
       j.person                                     AS person_key,
       j.unit,
       j.last_enrolled_day                          AS attribution_date,
       j.referrer,
       NULL                                         AS activity_type,
       TRUE                                         AS in_population,
       'enrolled'                                   AS reason,
       TRUE                                         AS active,
       j.start >= $period_start                     AS new_start,
       coalesce(j.ended <= j.last_day, FALSE)       AS has_left,
       coalesce(j.ended < j.last_day, FALSE)        AS left_before_end,
       coalesce(j.ended >= j.last_day, TRUE)        AS active_at_end,
       coalesce(c.at_workplace, FALSE)              AS at_workplace,
       coalesce(c.assessed, FALSE)                  AS assessed,
       NULL                                         AS visits,
       j.start, j.ended
FROM active AS j
LEFT JOIN contained AS c ON c.kommun = j.kommun AND c.enrolment = j.enrolment
UNION ALL
SELECT kommun,
       concat_ws('/', unit, activity_type, strftime(month, '%Y-%m')),
       NULL, unit, month_end, NULL, activity_type, TRUE, 'visits',
       FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, FALSE, visits, NULL, NULL
FROM visits
WHERE month_end BETWEEN $period_start AND $period_end
