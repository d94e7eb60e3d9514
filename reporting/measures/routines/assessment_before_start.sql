-- Enrolments that started in the period: was the assessment made by then?
SELECT kommun,
       enrolment                                    AS unit_key,
       person                                       AS person_key,
       unit,
       start                                        AS attribution_date,
       referrer,
       enrolment,
       TRUE                                         AS in_population,
       CASE WHEN assessed <= start THEN 'before'
            WHEN assessed > start  THEN 'after'
            ELSE                        'none' END  AS reason,
       coalesce(assessed <= start, FALSE)           AS met,
       start, assessed
FROM enrolments_of_present_persons
WHERE start BETWEEN $period_start AND $period_end
