-- Every exit in the period from a unit of kind ame: was it to work ($work), to studies ($study)?
-- $regular_only: subsidised jobs are not counted as work. $resident: those who moved or died are left out.
WITH judged AS (
    SELECT *,
           NOT ($resident AND exit_reason IN ('flyttat', 'avliden')) AS stays_in,
           ($work AND category = 'A' AND (regular_work OR NOT $regular_only))
               OR ($study AND category = 'B') AS counts
    FROM exits
    WHERE unit_kind = 'ame'
      AND ended BETWEEN $period_start AND $period_end
)
SELECT kommun,
       enrolment                                    AS unit_key,
       person                                       AS person_key,
       unit,
       ended                                        AS attribution_date,
       referrer,
       stays_in                                     AS in_population,
       CASE WHEN stays_in                  THEN reason
            WHEN exit_reason = 'flyttat'   THEN 'moved'
            ELSE                                'deceased' END AS reason,
       CASE WHEN stays_in THEN counts END           AS met,
       -- A mark says how sure the answer is, so it stands only where the job is what counted.
       list_concat(
           CASE WHEN counts AND preliminary      THEN ['preliminary']      ELSE [] END,
           CASE WHEN counts AND duration_unknown THEN ['duration_unknown'] ELSE [] END
       )                                            AS flags,
       category, start, ended, exit_reason, employed_from, employed_to, study_aid, parts
FROM judged
