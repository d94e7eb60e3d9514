-- Persons whose last course, of those begun by the period's end, was passed in the cohort year: did they work or study a year later?
WITH last_courses AS (
    SELECT *
    FROM sfi_participations
    WHERE start <= $period_end
    QUALIFY row_number() OVER (
        PARTITION BY kommun, person
        ORDER BY coalesce(ended, DATE '9999-12-31') DESC, start DESC, participation DESC
    ) = 1
),
judged AS (
    SELECT *, CAST(ended + INTERVAL 12 MONTH AS DATE) AS asked,
           CASE WHEN ended + INTERVAL 12 MONTH > $as_of          THEN 'window_open'
                WHEN coalesce(after_year, 'okant') = 'okant'     THEN 'unknown' END AS left_out
    FROM last_courses
    WHERE result = 'godkand'
      AND ended BETWEEN $cohort_start AND $cohort_end
)
SELECT kommun,
       person                                       AS unit_key,
       person                                       AS person_key,
       unit,
       ended                                        AS attribution_date,
       referrer,
       left_out IS NULL                             AS in_population,
       CASE WHEN left_out IS NOT NULL      THEN left_out
            WHEN after_year = 'arbete'     THEN 'working'
            WHEN after_year = 'studier'    THEN 'studying'
            ELSE                                'other' END AS reason,
       CASE WHEN left_out IS NULL THEN after_year IN ('arbete', 'studier') END AS met,
       participation, ended, asked, study_path, course
FROM judged
