-- Joined enrolments: one row a chain of overlapping enrolments, from the earliest start to the latest end. `enrolment` is the one
-- whose result counts, and every other property is that one's. While one part is open there is no end.
CREATE TABLE joined_enrolments AS
SELECT e.kommun, e.enrolment, e.person, e.unit, e.unit_kind, c.chain_start AS start, e.ended, c.parts, e.referrer,
       e.exit_reason, e.employed_from, e.employed_to, e.study_aid
FROM enrolment_chains AS c
JOIN enrolments AS e ON e.kommun = c.kommun AND e.enrolment = c.enrolment
WHERE c.enrolment = c.counted;
