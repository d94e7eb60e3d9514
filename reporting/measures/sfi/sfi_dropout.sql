-- Course participations active in the period ($ended_only: ended in it): did they end by dropout in the period?
WITH active AS (
    SELECT *,
           coalesce(ended <= $period_end, FALSE)                          AS ended_in_period,
           coalesce(ended <= $period_end, FALSE) AND result = 'avbrott'   AS dropped_out
    FROM sfi_participations
    WHERE start <= $period_end
      AND coalesce(ended >= $period_start, TRUE)
)
SELECT kommun,
       participation                                AS unit_key,
       person                                       AS person_key,
       unit,
       least(coalesce(ended, $period_end), $period_end) AS attribution_date,
       referrer,
       TRUE                                         AS in_population,
       CASE WHEN NOT ended_in_period     THEN 'ongoing'
            WHEN dropped_out             THEN 'dropout'
            WHEN result = 'godkand'      THEN 'passed'
            ELSE                              'not_passed' END AS reason,
       dropped_out                                  AS met,
       start, ended, result, dropout_reason, study_path, course
FROM active
WHERE ended_in_period OR NOT $ended_only
