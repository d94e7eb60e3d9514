-- The activity types that a joined enrolment contained, in whichever of its parts and whenever they ran: one row each.
-- `enrolment` is the key of the joined enrolment.
CREATE TABLE joined_activities AS
SELECT DISTINCT a.kommun, c.counted AS enrolment, a.activity_type
FROM activities AS a
JOIN enrolment_chains AS c ON c.kommun = a.kommun AND c.enrolment = a.enrolment;
