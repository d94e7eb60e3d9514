-- Activities within an enrolment, one row each as delivered. A person can take part in several at the same time.
CREATE VIEW activities AS
SELECT kommun, enrolment, activity_type, start, ended, workplace, hours_per_week
FROM activity;

-- The same, with `enrolment` the key of the joined enrolment that theirs is a part of.
CREATE VIEW activities_when_joined AS
SELECT a.kommun, coalesce(o.counted, a.enrolment) AS enrolment, a.activity_type, a.start, a.ended, a.workplace
FROM activities AS a
LEFT JOIN overlapping_enrolments AS o ON o.kommun = a.kommun AND o.enrolment = a.enrolment;
