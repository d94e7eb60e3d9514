-- Enrolments that have begun, one row each as delivered. No `ended`: still enrolled on the as-of date.
CREATE VIEW enrolments AS
SELECT e.kommun, e.enrolment, e.person, e.unit, u.kind AS unit_kind, e.referrer, e.referred, e.start, e.ended,
       e.assessed, e.exit_reason, e.employed_from, e.employed_to, e.study_aid
FROM enrolment AS e
JOIN units AS u ON u.kommun = e.kommun AND u.unit = e.unit
WHERE e.start IS NOT NULL;
