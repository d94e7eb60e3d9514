-- What the routines ask for within an enrolment, as delivered. plans: kind arbetsplan or genomforandeplan; no `valid_to`: valid until
-- the enrolment ends. follow_ups: kind uppfoljning or sexmanadersprovning. pauses: no `ended`: still going on.
CREATE VIEW plans AS
SELECT kommun, enrolment, kind, drawn_up, valid_to
FROM plan;

CREATE VIEW follow_ups AS
SELECT kommun, enrolment, held, coalesce(kind, 'uppfoljning') AS kind, form
FROM follow_up;

CREATE VIEW pauses AS
SELECT kommun, enrolment, start, ended, reason
FROM pause;

-- The stretches of days that pauses of any kind cover without a gap: pauses that overlap or follow on each other are one.
CREATE TABLE pause_stretches AS
WITH in_order AS (
    SELECT kommun, enrolment, start, coalesce(ended, DATE '9999-12-30') AS last_day,
           max(coalesce(ended, DATE '9999-12-30')) OVER (
               PARTITION BY kommun, enrolment ORDER BY start
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
           ) AS last_day_before
    FROM pauses
),
numbered AS (
    SELECT *,
           sum(CASE WHEN start <= last_day_before + INTERVAL 1 DAY THEN 0 ELSE 1 END) OVER (
               PARTITION BY kommun, enrolment ORDER BY start
               ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
           ) AS stretch
    FROM in_order
)
SELECT kommun, enrolment, min(start) AS start, nullif(max(last_day), DATE '9999-12-30') AS ended
FROM numbered
GROUP BY kommun, enrolment, stretch;
