-- Joined enrolments: one row a chain of overlapping enrolments, from the earliest start to the latest end. `enrolment` is the one
-- whose result counts, and every other property is that one's. While one part is open there is no end.
CREATE TABLE joined_enrolments AS
SELECT e.kommun, e.enrolment, e.person, e.unit, e.unit_kind, coalesce(o.chain_start, e.start) AS start, e.ended,
       coalesce(o.parts, 1) AS parts, e.referrer, e.exit_reason, e.employed_from, e.employed_to, e.study_aid
FROM enrolments AS e
LEFT JOIN overlapping_enrolments AS o ON o.kommun = e.kommun AND o.enrolment = e.enrolment
WHERE coalesce(o.counted, e.enrolment) = e.enrolment;
