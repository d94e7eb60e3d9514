-- Referrals to SFI with their planned start in the period: has the person begun within the municipality's number of days from it?
WITH referrals AS (
    SELECT r.*, p.moved, p.died,
           CAST(r.planned_start + m.sfi_start_days * INTERVAL 1 DAY AS DATE) AS begin_by
    FROM sfi_referrals AS r
    JOIN municipality AS m ON m.kommun = r.kommun
    LEFT JOIN persons AS p ON p.kommun = r.kommun AND p.person = r.person
    WHERE r.planned_start BETWEEN $period_start AND $period_end
),
-- Participations of the person, and those linked to the referral whoever they are registered on.
candidates AS (
    SELECT r.kommun, r.referral, s.participation, s.start, s.ended, coalesce(s.referral = r.referral, FALSE) AS linked
    FROM referrals AS r
    JOIN sfi_participations AS s ON s.kommun = r.kommun AND s.person = r.person
    UNION
    SELECT r.kommun, r.referral, s.participation, s.start, s.ended, TRUE AS linked
    FROM referrals AS r
    JOIN sfi_participations AS s ON s.kommun = r.kommun AND s.referral = r.referral
),
begun AS (
    SELECT r.kommun, r.referral,
           min(c.start) FILTER (c.start > r.begin_by)      AS late_start,
           min(c.start) FILTER (
               (c.linked AND c.start <= r.begin_by)
               OR (c.start BETWEEN r.referred AND r.begin_by)
               OR (c.start <= r.planned_start AND coalesce(c.ended >= r.planned_start, TRUE))
           )                                               AS began
    FROM referrals AS r
    JOIN candidates AS c ON c.kommun = r.kommun AND c.referral = r.referral
    GROUP BY r.kommun, r.referral
),
judged AS (
    SELECT r.*, b.began, b.late_start,
           CASE WHEN r.withdrawn < r.planned_start
                     AND coalesce(r.withdrawal_reason <> 'tackat_nej', TRUE) THEN 'withdrawn'
                WHEN r.moved < r.planned_start                               THEN 'moved'
                WHEN r.died < r.planned_start                                THEN 'deceased'
                WHEN r.begin_by > $as_of                                     THEN 'window_open' END AS left_out
    FROM referrals AS r
    LEFT JOIN begun AS b ON b.kommun = r.kommun AND b.referral = r.referral
)
SELECT kommun,
       referral                                     AS unit_key,
       person                                       AS person_key,
       unit,
       planned_start                                AS attribution_date,
       referrer,
       left_out IS NULL                             AS in_population,
       CASE WHEN left_out IS NOT NULL               THEN left_out
            WHEN began IS NOT NULL                  THEN 'began'
            WHEN withdrawal_reason = 'tackat_nej'   THEN 'declined'
            WHEN late_start IS NOT NULL             THEN 'late_start'
            ELSE                                         'never' END AS reason,
       CASE WHEN left_out IS NULL THEN began IS NULL END AS met,
       referred, planned_start, begin_by, began, late_start, withdrawn, withdrawal_reason
FROM judged
