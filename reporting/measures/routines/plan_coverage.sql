-- On the last day looked at: of the enrolments that have lasted the grace period, those with a plan that is drawn up and still valid.
-- $any_plan: a work plan counts as well as an implementation plan.
WITH going_on AS (
    SELECT e.*,
           CASE WHEN e.moved < $looked_at                                  THEN 'moved'
                WHEN e.died < $looked_at                                   THEN 'deceased'
                WHEN e.start + m.plan_days * INTERVAL 1 DAY > $looked_at   THEN 'grace' END AS left_out
    FROM enrolments_of_present_persons AS e
    JOIN municipality AS m ON m.kommun = e.kommun
    WHERE e.start <= $looked_at
      AND coalesce(e.ended_as_delivered >= $looked_at, TRUE)
),
drawn AS (
    SELECT p.kommun, p.enrolment,
           count(*) FILTER (coalesce(p.valid_to >= $looked_at, TRUE)) AS valid,
           max(p.drawn_up)                                            AS drawn_up,
           max(coalesce(p.valid_to, DATE '9999-12-31'))               AS last_day
    FROM plans AS p
    JOIN going_on AS g ON g.kommun = p.kommun AND g.enrolment = p.enrolment
    WHERE p.drawn_up <= $looked_at
      AND (p.kind = 'genomforandeplan' OR $any_plan)
    GROUP BY p.kommun, p.enrolment
)
SELECT g.kommun,
       g.enrolment                                  AS unit_key,
       g.person                                     AS person_key,
       g.unit,
       $looked_at                                   AS attribution_date,
       g.referrer,
       g.enrolment,
       g.left_out IS NULL                           AS in_population,
       CASE WHEN g.left_out IS NOT NULL             THEN g.left_out
            WHEN d.valid > 0                        THEN 'valid'
            WHEN d.drawn_up IS NOT NULL             THEN 'expired'
            ELSE                                         'none' END AS reason,
       CASE WHEN g.left_out IS NULL THEN coalesce(d.valid > 0, FALSE) END AS met,
       g.start, d.drawn_up,
       nullif(d.last_day, DATE '9999-12-31')        AS valid_to
FROM going_on AS g
LEFT JOIN drawn AS d ON d.kommun = g.kommun AND d.enrolment = g.enrolment
