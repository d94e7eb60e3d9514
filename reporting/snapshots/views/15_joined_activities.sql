-- The activity types that a joined enrolment contained, in whichever of its parts and whenever they ran: one row each.
-- `enrolment` is the key of the joined enrolment.
CREATE TABLE joined_activities AS
SELECT DISTINCT counted.kommun, counted.enrolment, a.activity_type
FROM activities AS a
JOIN enrolment_chains AS part ON part.kommun = a.kommun AND part.enrolment = a.enrolment
JOIN enrolment_chains AS counted
    ON counted.kommun = part.kommun AND counted.person = part.person AND counted.unit = part.unit
    AND counted.chain = part.chain AND counted.part = 1;
