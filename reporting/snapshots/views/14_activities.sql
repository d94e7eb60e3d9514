-- Activities within an enrolment, one row each as delivered. A person can take part in several at the same time.
CREATE VIEW activities AS
SELECT kommun, enrolment, activity_type, start, ended, workplace, hours_per_week
FROM activity;
