-- Course participations begun in the period: did they end by dropout within the municipality's number of days from the start?
WITH begun AS (
    SELECT p.*, CAST(p.start + m.sfi_early_dropout_days * INTERVAL 1 DAY AS DATE) AS early_until
    FROM sfi_participations AS p
    JOIN municipality AS m ON m.kommun = p.kommun
    WHERE p.start BETWEEN $period_start AND $period_end
),
judged AS (
    SELECT *,
           early_until <= $as_of                                                AS old_enough,
           coalesce(result = 'avbrott', FALSE) AND coalesce(ended <= early_until, FALSE) AS early_dropout
    FROM begun
)
SELECT kommun,
       participation                                AS unit_key,
       person                                       AS person_key,
       unit,
       least(ended, $period_end)                    AS attribution_date,
       referrer,
       old_enough                                   AS in_population,
       CASE WHEN NOT old_enough   THEN 'window_open'
            WHEN early_dropout    THEN 'early_dropout'
            ELSE                       'no_early_dropout' END AS reason,
       CASE WHEN old_enough THEN early_dropout END  AS met,
       start, early_until, ended, result, dropout_reason, study_path, course
FROM judged
