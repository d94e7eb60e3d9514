-- Referrals received in the period: the days to the start meeting, or so far for those who still wait. One that is too young for the
-- share within the municipality's number of days is left out of the share, but has its days in the median.
WITH judged AS (
    SELECT r.*, m.referral_days,
           r.start_meeting IS NULL AS waits,
           CASE WHEN r.withdrawn IS NOT NULL                            THEN 'withdrawn'
                WHEN r.start_meeting IS NULL AND r.start IS NOT NULL    THEN 'meeting_unknown'
                WHEN r.start_meeting IS NULL AND r.moved < $as_of       THEN 'moved'
                WHEN r.start_meeting IS NULL AND r.died < $as_of        THEN 'deceased' END AS left_out
    FROM referrals AS r
    JOIN municipality AS m ON m.kommun = r.kommun
    WHERE r.referred BETWEEN $period_start AND $period_end
),
timed AS (
    SELECT *,
           CASE WHEN left_out IS NULL
                THEN date_diff('day', referred, greatest(coalesce(start_meeting, $as_of), referred)) END AS days,
           left_out IS NULL AND date_diff('day', referred, $as_of) < referral_days AS too_young
    FROM judged
)
SELECT kommun,
       enrolment                                    AS unit_key,
       person                                       AS person_key,
       unit,
       referred                                     AS attribution_date,
       referrer,
       left_out IS NULL AND NOT too_young           AS in_population,
       CASE WHEN left_out IS NOT NULL               THEN left_out
            WHEN too_young                          THEN 'window_open'
            WHEN waits                              THEN 'waits'
            WHEN days <= referral_days              THEN 'in_time'
            ELSE                                         'late' END AS reason,
       days,
       CASE WHEN left_out IS NOT NULL THEN NULL WHEN waits THEN 'open' ELSE 'meeting' END AS event,
       referral_days                                AS within_days,
       referred, start_meeting, start, withdrawn
FROM timed
