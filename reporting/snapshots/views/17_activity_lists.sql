-- The activity types of each enrolment as one list, and who provides them as another: what an enrolment can be split by.
-- activity_lists: enrolments as delivered. joined_activity_lists: joined enrolments, with the activities of all their parts.
CREATE TABLE activity_lists AS
SELECT a.kommun, a.enrolment,
       list_sort(list(DISTINCT a.activity_type)) AS activity_types,
       list_sort(list(DISTINCT t.provider) FILTER (t.provider IS NOT NULL)) AS providers
FROM activities AS a
LEFT JOIN activity_types AS t ON t.kommun = a.kommun AND t.activity_type = a.activity_type
GROUP BY a.kommun, a.enrolment;

CREATE TABLE joined_activity_lists AS
SELECT a.kommun, a.enrolment,
       list_sort(list(DISTINCT a.activity_type)) AS activity_types,
       list_sort(list(DISTINCT t.provider) FILTER (t.provider IS NOT NULL)) AS providers
FROM activities_when_joined AS a
LEFT JOIN activity_types AS t ON t.kommun = a.kommun AND t.activity_type = a.activity_type
GROUP BY a.kommun, a.enrolment;
