-- Joined enrolments at units of kind ame that began in the period: the days to the exit, and what it was to.
-- An enrolment still going on is open, for as many days as it has lasted by the as-of date.
SELECT j.kommun,
       j.enrolment                                  AS unit_key,
       j.person                                     AS person_key,
       j.unit,
       j.start                                      AS attribution_date,
       j.referrer,
       TRUE                                         AS in_population,
       coalesce(x.reason, 'still_enrolled')         AS reason,
       date_diff('day', j.start, coalesce(j.ended, $as_of)) AS days,
       CASE WHEN x.category IS NULL THEN 'open'
            WHEN x.category = 'A'   THEN 'work'
            WHEN x.category = 'B'   THEN 'study'
            ELSE                         'other_exit' END AS event,
       list_concat(
           CASE WHEN x.preliminary      THEN ['preliminary']      ELSE [] END,
           CASE WHEN x.duration_unknown THEN ['duration_unknown'] ELSE [] END
       )                                            AS flags,
       j.start, j.ended, x.exit_reason, x.employed_from, j.parts
FROM joined_enrolments AS j
LEFT JOIN exits AS x ON x.kommun = j.kommun AND x.enrolment = j.enrolment AND x.ended >= $period_start
WHERE j.unit_kind = 'ame'
  AND j.start BETWEEN $period_start AND $period_end
