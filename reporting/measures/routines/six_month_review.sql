-- On the last day looked at: of the enrolments older than six months, those without a review in the last six.
WITH looked_at AS (
    SELECT least($period_end, $as_of) AS day
),
going_on AS (
    SELECT e.*, looked_at.day,
           CASE WHEN e.moved < looked_at.day                        THEN 'moved'
                WHEN e.died < looked_at.day                         THEN 'deceased'
                WHEN e.start + INTERVAL 6 MONTH >= looked_at.day    THEN 'grace' END AS left_out
    FROM enrolments_of_present_persons AS e
    CROSS JOIN looked_at
    WHERE e.start <= looked_at.day
      AND coalesce(e.ended_as_delivered >= looked_at.day, TRUE)
),
reviewed AS (
    SELECT f.kommun, f.enrolment, max(f.held) AS last_review
    FROM follow_ups AS f
    CROSS JOIN looked_at
    WHERE f.kind = 'sexmanadersprovning'
      AND f.held <= looked_at.day
    GROUP BY f.kommun, f.enrolment
),
judged AS (
    SELECT g.*, r.last_review,
           CAST(greatest(g.start, r.last_review) + INTERVAL 6 MONTH AS DATE) AS since
    FROM going_on AS g
    LEFT JOIN reviewed AS r ON r.kommun = g.kommun AND r.enrolment = g.enrolment
)
SELECT kommun,
       enrolment                                    AS unit_key,
       person                                       AS person_key,
       unit,
       day                                          AS attribution_date,
       referrer,
       enrolment,
       left_out IS NULL                             AS in_population,
       CASE WHEN left_out IS NOT NULL               THEN left_out
            WHEN since >= day                       THEN 'reviewed'
            WHEN last_review IS NOT NULL            THEN 'overdue'
            ELSE                                         'never_reviewed' END AS reason,
       CASE WHEN left_out IS NULL THEN since < day END AS met,
       start, last_review, since
FROM judged
