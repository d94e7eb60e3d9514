-- Every calendar month in which somebody was enrolled for at least eleven days, not all of them paused: was there a follow-up?
-- Months are looked at when they lie wholly in the period and are over by the as-of date.
WITH months AS (
    SELECT CAST(month AS DATE) AS month, last_day(month) AS month_end
    FROM unnest(generate_series(date_trunc('month', $period_start), $period_end, INTERVAL 1 MONTH)) AS calendar(month)
    WHERE month >= $period_start
      AND last_day(month) <= least($period_end, $as_of)
),
present AS (
    SELECT kommun, enrolment, person, unit, referrer, start, ended
    FROM enrolments_of_present_persons
    WHERE start <= $period_end
      AND coalesce(ended >= $period_start, TRUE)
),
enrolled AS (
    SELECT e.kommun, e.enrolment, e.person, e.unit, e.referrer, m.month, m.month_end,
           greatest(e.start, m.month)   AS first_day,
           least(e.ended, m.month_end)  AS last_day
    FROM present AS e
    JOIN months AS m ON e.start <= m.month_end AND coalesce(e.ended >= m.month, TRUE)
),
pauses_of_months AS (
    SELECT kommun, enrolment, start, ended
    FROM pause_stretches
    WHERE start <= $period_end
      AND coalesce(ended >= $period_start, TRUE)
),
enrolment_months AS (
    SELECT e.*, date_diff('day', e.first_day, e.last_day) + 1 AS days
    FROM enrolled AS e
    LEFT JOIN pauses_of_months AS p
        ON p.kommun = e.kommun AND p.enrolment = e.enrolment
        AND p.start <= e.first_day AND coalesce(p.ended >= e.last_day, TRUE)
    WHERE date_diff('day', e.first_day, e.last_day) + 1 >= 11
      AND p.enrolment IS NULL
),
followed_up AS (
    SELECT e.kommun, e.enrolment, CAST(date_trunc('month', f.held) AS DATE) AS month, count(*) AS follow_ups, min(f.held) AS first_held
    FROM follow_ups AS f
    JOIN present AS e
        ON e.kommun = f.kommun AND e.enrolment = f.enrolment AND f.held BETWEEN e.start AND coalesce(e.ended, f.held)
    WHERE f.held BETWEEN $period_start AND $period_end
    GROUP BY e.kommun, e.enrolment, CAST(date_trunc('month', f.held) AS DATE)
)
SELECT e.kommun,
       concat_ws('/', e.enrolment, strftime(e.month, '%Y-%m')) AS unit_key,
       e.person                                     AS person_key,
       e.unit,
       e.month_end                                  AS attribution_date,
       e.referrer,
       e.enrolment,
       TRUE                                         AS in_population,
       CASE WHEN f.follow_ups > 0 THEN 'followed_up' ELSE 'not_followed_up' END AS reason,
       coalesce(f.follow_ups > 0, FALSE)            AS met,
       e.days,
       coalesce(f.follow_ups, 0)                    AS follow_ups,
       f.first_held,
       bool_and(coalesce(f.follow_ups > 0, FALSE)) OVER (PARTITION BY e.kommun, e.enrolment) AS every_month_met
FROM enrolment_months AS e
LEFT JOIN followed_up AS f ON f.kommun = e.kommun AND f.enrolment = e.enrolment AND f.month = e.month
