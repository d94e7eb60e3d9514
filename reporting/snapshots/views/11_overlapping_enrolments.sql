-- Enrolments of one person at one unit that overlap in time, first and last day included, belong to one chain
-- (measures.md, `exit_results`): here are those that share theirs with another. `counted` is the one whose result counts: the one
-- that ended last, where an open one has no end; of those that ended the same day the one that began later, and of those that also
-- began the same day the one with the later key. chain_start, parts: the chain's earliest start, and how many it has.
CREATE TABLE overlapping_enrolments AS
WITH overlapping AS (
    SELECT e.kommun, e.enrolment, e.person, e.unit, e.start, coalesce(e.ended, DATE '9999-12-31') AS last_day
    FROM enrolments AS e
    WHERE EXISTS (
        SELECT 1
        FROM enrolments AS other
        WHERE other.kommun = e.kommun AND other.person = e.person AND other.unit = e.unit
          AND other.enrolment <> e.enrolment
          AND other.start <= coalesce(e.ended, other.start) AND e.start <= coalesce(other.ended, e.start)
    )
),
in_order AS (
    SELECT *,
           max(last_day) OVER (
               PARTITION BY kommun, person, unit ORDER BY start, enrolment
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
           ) AS last_day_before
    FROM overlapping
),
numbered AS (
    SELECT *,
           sum(CASE WHEN start <= last_day_before THEN 0 ELSE 1 END) OVER (
               PARTITION BY kommun, person, unit ORDER BY start, enrolment
               ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
           ) AS chain
    FROM in_order
)
SELECT kommun, enrolment,
       first_value(enrolment) OVER same_chain AS counted,
       min(start)             OVER same_chain AS chain_start,
       count(*)               OVER same_chain AS parts
FROM numbered
WINDOW same_chain AS (
    PARTITION BY kommun, person, unit, chain ORDER BY last_day DESC, start DESC, enrolment DESC
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
);
