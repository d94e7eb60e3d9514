-- Joined enrolments: one row a chain of overlapping enrolments, from the earliest start to the latest end. `enrolment` is the one
-- whose result counts, and every other property is that one's. While one part is open there is no end.
CREATE TABLE joined_enrolments AS
WITH stretch AS (
    SELECT c.kommun, c.person, c.unit, c.chain, min(e.start) AS start, count(*) AS parts
    FROM enrolment_chains AS c
    JOIN enrolments AS e ON e.kommun = c.kommun AND e.enrolment = c.enrolment
    GROUP BY c.kommun, c.person, c.unit, c.chain
)
SELECT e.kommun, e.enrolment, e.person, e.unit, e.unit_kind, s.start, e.ended, s.parts, e.referrer,
       e.exit_reason, e.employed_from, e.employed_to, e.study_aid
FROM enrolment_chains AS c
JOIN stretch AS s ON s.kommun = c.kommun AND s.person = c.person AND s.unit = c.unit AND s.chain = c.chain
JOIN enrolments AS e ON e.kommun = c.kommun AND e.enrolment = c.enrolment
WHERE c.part = 1;
