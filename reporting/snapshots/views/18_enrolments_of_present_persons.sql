-- Enrolments at labour-market and integration units as the routines look at them (measures.md rule 10): an enrolment counts as ended
-- on the day its person moved or died. moved, died: that day; one before the enrolment's start is ignored for that enrolment.
-- ended_as_delivered: the end as the case system has it.
CREATE TABLE enrolments_of_present_persons AS
WITH with_departures AS (
    SELECT e.kommun, e.enrolment, e.person, e.unit, e.unit_kind, e.referrer, e.start, e.assessed,
           e.ended AS ended_as_delivered,
           CASE WHEN p.moved >= e.start THEN p.moved END AS moved,
           CASE WHEN p.died >= e.start  THEN p.died  END AS died
    FROM enrolments AS e
    LEFT JOIN persons AS p ON p.kommun = e.kommun AND p.person = e.person
    WHERE e.unit_kind IN ('ame', 'integration')
)
SELECT *, least(ended_as_delivered, moved, died) AS ended
FROM with_departures;
