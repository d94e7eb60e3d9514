-- Course participations that ended in the period: did they end with a pass?
SELECT kommun,
       participation                                AS unit_key,
       person                                       AS person_key,
       unit,
       ended                                        AS attribution_date,
       referrer,
       TRUE                                         AS in_population,
       CASE WHEN result = 'godkand'  THEN 'passed'
            WHEN result = 'avbrott'  THEN 'dropout'
            ELSE                          'not_passed' END AS reason,
       coalesce(result = 'godkand', FALSE)          AS met,
       start, ended, result, dropout_reason, study_path, course
FROM sfi_participations
WHERE ended BETWEEN $period_start AND $period_end
