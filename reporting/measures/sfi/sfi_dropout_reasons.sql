-- Course participations that ended by dropout in the period, by the reason given.
SELECT kommun,
       participation                                AS unit_key,
       person                                       AS person_key,
       unit,
       ended                                        AS attribution_date,
       referrer,
       TRUE                                         AS in_population,
       'dropout'                                    AS reason,
       coalesce(dropout_reason, 'okant')            AS category,
       start, ended, study_path, course
FROM sfi_participations
WHERE result = 'avbrott'
  AND ended BETWEEN $period_start AND $period_end
