-- Enrolments of one person at one unit that overlap in time, first and last day included, belong to one chain
-- (measures.md, `exit_results`). `counted` is the one whose result counts: the one that ended last, where an open one has no end;
-- of those that ended the same day the one that began later, and of those that also began the same day the one with the later key.
CREATE TABLE enrolment_chains AS
WITH in_order AS (
    SELECT kommun, enrolment, person, unit, start, coalesce(ended, DATE '9999-12-31') AS last_day,
           max(coalesce(ended, DATE '9999-12-31')) OVER (
               PARTITION BY kommun, person, unit ORDER BY start, enrolment
               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
           ) AS last_day_before
    FROM enrolments
),
numbered AS (
    SELECT *,
           sum(CASE WHEN start <= last_day_before THEN 0 ELSE 1 END) OVER (
               PARTITION BY kommun, person, unit ORDER BY start, enrolment
               ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
           ) AS chain
    FROM in_order
)
SELECT kommun, enrolment, person, unit, chain,
       first_value(enrolment) OVER same_chain AS counted,
       min(start)             OVER same_chain AS chain_start,
       count(*)               OVER same_chain AS parts
FROM numbered
WINDOW same_chain AS (
    PARTITION BY kommun, person, unit, chain ORDER BY last_day DESC, start DESC, enrolment DESC
    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
);
