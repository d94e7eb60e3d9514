-- Persons with a joined enrolment at a unit of kind ame in the period: did they have an activity at a workplace on any day of it?
-- One row a person, by the enrolment with the last enrolled day.
WITH active AS (
    SELECT *, least(ended, $period_end, $as_of) AS last_enrolled_day
    FROM joined_enrolments
    WHERE unit_kind = 'ame'
      AND start <= least($period_end, $as_of)
      AND coalesce(ended >= $period_start, $as_of >= $period_start)
),
persons_active AS (
    SELECT *
    FROM active
    QUALIFY row_number() OVER (
        PARTITION BY kommun, person ORDER BY last_enrolled_day DESC, start DESC, enrolment DESC
    ) = 1
),
at_workplace AS (
    SELECT j.kommun, j.person, min(a.start) AS workplace_since
    FROM activities_when_joined AS a
    JOIN active AS j ON j.kommun = a.kommun AND j.enrolment = a.enrolment
    LEFT JOIN activity_types AS t ON t.kommun = a.kommun AND t.activity_type = a.activity_type
    WHERE a.workplace
      AND NOT coalesce(t.drop_in, FALSE)
      AND a.start <= j.last_enrolled_day
      AND coalesce(least(a.ended, j.ended) >= $period_start, TRUE)
      -- Both follow, and let the activities of other years be passed over as they are read.
      AND a.start <= $period_end
      AND coalesce(a.ended >= $period_start, TRUE)
    GROUP BY j.kommun, j.person
)
SELECT p.kommun,
       p.person                                     AS unit_key,
       p.person                                     AS person_key,
       p.unit,
       p.last_enrolled_day                          AS attribution_date,
       p.referrer,
       TRUE                                         AS in_population,
       CASE WHEN w.workplace_since IS NOT NULL THEN 'at_workplace' ELSE 'not_at_workplace' END AS reason,
       w.workplace_since IS NOT NULL                AS met,
       p.enrolment, p.start, p.ended, w.workplace_since
FROM persons_active AS p
LEFT JOIN at_workplace AS w ON w.kommun = p.kommun AND w.person = p.person
