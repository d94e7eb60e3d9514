-- Exits: joined enrolments that have ended, with the result in the five categories of KAS (measures.md, `exit_results`).
-- sub_reason: why it is E. reason: the sub-reason, or else the exit reason as delivered. regular_work: category A without subsidy.
-- preliminary: work whose first month is not yet over on the as-of date. duration_unknown: work without employment dates.
CREATE TABLE exits AS
WITH judged AS (
    SELECT j.*, clock.as_of,
           CASE
               WHEN exit_reason IN ('arbete_osubventionerat', 'arbete_subventionerat')
                   THEN CASE WHEN employed_from + INTERVAL 1 MONTH > employed_to + INTERVAL 1 DAY THEN 'kort_anstallning' END
               WHEN exit_reason = 'studier'
                   THEN CASE WHEN coalesce(study_aid, FALSE) THEN NULL ELSE 'ej_studiemedel' END
               WHEN exit_reason IN ('annan_myndighet', 'slutfort_uppdrag')
                   THEN NULL
               ELSE exit_reason
           END AS sub_reason
    FROM joined_enrolments AS j
    CROSS JOIN clock
    WHERE j.ended IS NOT NULL
),
placed AS (
    SELECT *,
           CASE
               WHEN sub_reason IS NOT NULL                                           THEN 'E'
               WHEN exit_reason IN ('arbete_osubventionerat', 'arbete_subventionerat') THEN 'A'
               WHEN exit_reason = 'studier'                                          THEN 'B'
               WHEN exit_reason = 'annan_myndighet'                                  THEN 'C'
               WHEN exit_reason = 'slutfort_uppdrag'                                 THEN 'D'
               ELSE                                                                       'E'
           END AS category
    FROM judged
)
SELECT kommun, enrolment, person, unit, unit_kind, start, ended, parts, referrer,
       exit_reason, employed_from, employed_to, study_aid, category, sub_reason,
       coalesce(sub_reason, exit_reason) AS reason,
       category = 'A' AND exit_reason = 'arbete_osubventionerat' AS regular_work,
       category = 'A' AND employed_from IS NOT NULL AND employed_to IS NULL
           AND employed_from + INTERVAL 1 MONTH > as_of + INTERVAL 1 DAY AS preliminary,
       category = 'A' AND employed_from IS NULL AS duration_unknown
FROM placed;
