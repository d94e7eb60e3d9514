-- Every exit in the period from a unit of kind ame, with its category.
SELECT kommun,
       enrolment                                    AS unit_key,
       person                                       AS person_key,
       unit,
       ended                                        AS attribution_date,
       referrer,
       TRUE                                         AS in_population,
       reason,
       category,
       list_concat(
           CASE WHEN preliminary      THEN ['preliminary']      ELSE [] END,
           CASE WHEN duration_unknown THEN ['duration_unknown'] ELSE [] END
       )                                            AS flags,
       start, ended, exit_reason, employed_from, employed_to, study_aid, parts
FROM exits
WHERE unit_kind = 'ame'
  AND ended BETWEEN $period_start AND $period_end
