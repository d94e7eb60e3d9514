-- First applications for financial assistance received in the period, one row a case: the days to the decision, or so far.
-- One that is too young for the share within $decision_days days is left out of the share, but has its days in mean and median.
WITH adults_in_cases AS (
    SELECT kommun, support_case, person, role, unit, applied, decision, decided, closed,
           coalesce(opened, CASE WHEN decision IN ('bifall', 'delavslag') THEN decided END, closed) AS began
    FROM support_cases
    WHERE role IN ('huvudsokande', 'medsokande')
),
-- The applicant stands for the case; without one the co-applicant whose key comes first.
applications AS (
    SELECT *
    FROM adults_in_cases
    WHERE applied BETWEEN $period_start AND $period_end
    QUALIFY row_number() OVER (PARTITION BY kommun, support_case ORDER BY role = 'huvudsokande' DESC, person) = 1
),
-- Cases in which one of the adults had another one, open or closed within the twelve months before.
followed_another AS (
    SELECT DISTINCT this.kommun, this.support_case
    FROM adults_in_cases AS this
    JOIN adults_in_cases AS other
        ON other.kommun = this.kommun AND other.person = this.person AND other.support_case <> this.support_case
    WHERE this.applied BETWEEN $period_start AND $period_end
      AND other.began < this.applied
      AND coalesce(other.closed + INTERVAL 12 MONTH >= this.applied, TRUE)
),
timed AS (
    SELECT a.*,
           date_diff('day', a.applied, greatest(coalesce(a.decided, $as_of), a.applied)) AS days,
           date_diff('day', a.applied, $as_of) < $decision_days AS too_young
    FROM applications AS a
    LEFT JOIN followed_another AS f ON f.kommun = a.kommun AND f.support_case = a.support_case
    WHERE f.support_case IS NULL
)
SELECT kommun,
       support_case                                 AS unit_key,
       person                                       AS person_key,
       unit,
       applied                                      AS attribution_date,
       NOT too_young                                AS in_population,
       CASE WHEN too_young                          THEN 'window_open'
            WHEN decided IS NULL                    THEN 'waits'
            WHEN days <= $decision_days             THEN 'in_time'
            ELSE                                         'late' END AS reason,
       days,
       CASE WHEN decided IS NULL THEN 'open' ELSE 'decided' END AS event,
       $decision_days                               AS within_days,
       applied, decided, decision
FROM timed
