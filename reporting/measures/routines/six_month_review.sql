-- On the last day looked at: of the enrolments older than six months, those without a review in the last six.
WITH going_on AS (
    SELECT e.*,
           CASE WHEN e.moved < $looked_at                      THEN 'moved'
                WHEN e.died < $looked_at                       THEN 'deceased'
                WHEN e.start + INTERVAL 6 MONTH >= $looked_at  THEN 'grace' END AS left_out
    FROM enrolments_of_present_persons AS e
    WHERE e.start <= $looked_at
      AND coalesce(e.ended_as_delivered >= $looked_at, TRUE)
),
reviewed AS (
    SELECT f.kommun, f.enrolment, max(f.held) AS last_review
    FROM follow_ups AS f
    WHERE f.kind = 'sexmanadersprovning'
      AND f.held <= $looked_at
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
       $looked_at                                   AS attribution_date,
       referrer,
       enrolment,
       left_out IS NULL                             AS in_population,
       CASE WHEN left_out IS NOT NULL               THEN left_out
            WHEN since >= $looked_at                THEN 'reviewed'
            WHEN last_review IS NOT NULL            THEN 'overdue'
            ELSE                                         'never_reviewed' END AS reason,
       CASE WHEN left_out IS NULL THEN since < $looked_at END AS met,
       start, last_review, since
FROM judged
