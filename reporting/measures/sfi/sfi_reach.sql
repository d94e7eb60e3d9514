-- Persons with a referral to SFI planned to start in the period, one row each by the first such referral: have they begun, passed?
-- A participation counts when it is linked to one of the referrals, began on or after the day of the first referral, or was going on that day.
WITH referrals_of_period AS (
    SELECT *
    FROM sfi_referrals
    WHERE planned_start BETWEEN $period_start AND $period_end
),
referred AS (
    SELECT *
    FROM referrals_of_period
    QUALIFY row_number() OVER (PARTITION BY kommun, person ORDER BY planned_start, referred, referral) = 1
),
courses AS (
    SELECT f.kommun, f.person, s.start, s.result, s.ended
    FROM referred AS f
    JOIN sfi_participations AS s ON s.kommun = f.kommun AND s.person = f.person
    WHERE coalesce(s.ended >= f.referred, TRUE)
    UNION ALL
    SELECT r.kommun, r.person, s.start, s.result, s.ended
    FROM referrals_of_period AS r
    JOIN sfi_participations AS s ON s.kommun = r.kommun AND s.referral = r.referral
),
reached AS (
    SELECT kommun, person, min(start) AS first_start, min(ended) FILTER (result = 'godkand') AS first_passed
    FROM courses
    GROUP BY kommun, person
)
SELECT f.kommun,
       f.person                                     AS unit_key,
       f.person                                     AS person_key,
       f.unit,
       f.planned_start                              AS attribution_date,
       f.referrer,
       f.planned_start <= $as_of                    AS in_population,
       CASE WHEN f.planned_start > $as_of           THEN 'window_open'
            WHEN c.first_passed IS NOT NULL         THEN 'passed'
            WHEN c.first_start IS NOT NULL          THEN 'begun'
            ELSE                                         'not_begun' END AS reason,
       f.planned_start <= $as_of                    AS is_referred,
       c.first_start IS NOT NULL                    AS has_begun,
       c.first_passed IS NOT NULL                   AS has_passed,
       f.referral, f.referred, f.planned_start, c.first_start, c.first_passed
FROM referred AS f
LEFT JOIN reached AS c ON c.kommun = f.kommun AND c.person = f.person
