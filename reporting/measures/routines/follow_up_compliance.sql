-- Every calendar month in which somebody was enrolled for at least eleven days, not all of them paused: was there a follow-up?
-- Months are looked at when they lie wholly in the period and are over by the as-of date.
WITH months AS (
    SELECT CAST(month AS DATE) AS month, last_day(month) AS month_end
    FROM unnest(generate_series(date_trunc('month', $period_start), $period_end, INTERVAL 1 MONTH)) AS calendar(month)
    WHERE month >= $period_start
      AND last_day(month) <= least($period_end, $as_of)
),
enrolled AS (
    SELECT e.kommun, e.enrolment, e.person, e.unit, e.referrer, m.month, m.month_end,
           greatest(e.start, m.month)   AS first_day,
           least(e.ended, m.month_end)  AS last_day
    FROM enrolments_of_present_persons AS e
    JOIN months AS m ON e.start <= m.month_end AND coalesce(e.ended >= m.month, TRUE)
    WHERE e.start <= $period_end
      AND coalesce(e.ended >= $period_start, TRUE)
),
enrolment_months AS (
    SELECT e.*, date_diff('day', e.first_day, e.last_day) + 1 AS days
    FROM enrolled AS e
    LEFT JOIN pause_stretches AS p
        ON p.kommun = e.kommun AND p.enrolment = e.enrolment
        AND p.start <= e.first_day AND coalesce(p.ended >= e.last_day, TRUE)
    WHERE date_diff('day', e.first_day, e.last_day) + 1 >= 11
      AND p.enrolment IS NULL
),
followed_up AS (
    SELECT e.kommun, e.enrolment, e.month, count(*) AS follow_ups, min(f.held) AS first_held
    FROM enrolment_months AS e
    JOIN follow_ups AS f
        ON f.kommun = e.kommun AND f.enrolment = e.enrolment AND f.held BETWEEN e.first_day AND e.last_day
    WHERE f.held BETWEEN $period_start AND $period_end
    GROUP BY e.kommun, e.enrolment, e.month
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
