-- Every calendar month in which somebody was enrolled for at least eleven days, not all of them paused: was there a follow-up?
-- Months are looked at when they lie wholly in the period and are over by the as-of date. An enrolment's months are lists until the
-- end: those with a follow-up, those that pauses cover, and those that count.
WITH calendar AS (
    SELECT list(CAST(month AS DATE)) AS months
    FROM unnest(generate_series(date_trunc('month', $period_start), $period_end, INTERVAL 1 MONTH)) AS every(month)
    WHERE month >= $period_start
      AND last_day(month) <= least($period_end, $as_of)
),
present AS (
    SELECT kommun, enrolment, person, unit, referrer, start, ended
    FROM enrolments_of_present_persons
    WHERE start <= $period_end
      AND coalesce(ended >= $period_start, TRUE)
),
months_with_pauses AS (
    SELECT e.kommun, e.enrolment, e.start, e.ended, p.start AS paused_from, p.ended AS paused_to, unnest(c.months) AS month
    FROM pause_stretches AS p
    JOIN present AS e ON e.kommun = p.kommun AND e.enrolment = p.enrolment
    CROSS JOIN calendar AS c
    WHERE p.start <= $period_end
      AND coalesce(p.ended >= $period_start, TRUE)
),
paused AS (
    SELECT kommun, enrolment, list(month) AS months
    FROM months_with_pauses
    WHERE paused_from <= greatest(start, month)
      AND coalesce(paused_to >= least(ended, last_day(month)), TRUE)
    GROUP BY kommun, enrolment
),
followed_up AS (
    SELECT e.kommun, e.enrolment, list(f.held) AS held, list(CAST(date_trunc('month', f.held) AS DATE)) AS months
    FROM follow_ups AS f
    JOIN present AS e
        ON e.kommun = f.kommun AND e.enrolment = f.enrolment AND f.held BETWEEN e.start AND coalesce(e.ended, f.held)
    WHERE f.held BETWEEN $period_start AND $period_end
    GROUP BY e.kommun, e.enrolment
),
with_months AS (
    SELECT e.*, coalesce(f.held, []) AS held, coalesce(f.months, []) AS followed_up_in,
           list_filter(
               c.months,
               lambda month: date_diff('day', greatest(e.start, month), least(e.ended, last_day(month))) + 1 >= 11
                   AND NOT coalesce(list_contains(p.months, month), FALSE)
           ) AS months
    FROM present AS e
    CROSS JOIN calendar AS c
    LEFT JOIN followed_up AS f ON f.kommun = e.kommun AND f.enrolment = e.enrolment
    LEFT JOIN paused AS p ON p.kommun = e.kommun AND p.enrolment = e.enrolment
),
with_marks AS (
    SELECT *, len(list_filter(months, lambda month: NOT list_contains(followed_up_in, month))) = 0 AS every_month_met
    FROM with_months
),
enrolment_months AS (
    SELECT *, unnest(months) AS month
    FROM with_marks
),
judged AS (
    SELECT *, last_day(month) AS month_end, list_contains(followed_up_in, month) AS met
    FROM enrolment_months
)
SELECT kommun,
       concat_ws('/', enrolment, strftime(month, '%Y-%m')) AS unit_key,
       person                                       AS person_key,
       unit,
       month_end                                    AS attribution_date,
       referrer,
       enrolment,
       TRUE                                         AS in_population,
       CASE WHEN met THEN 'followed_up' ELSE 'not_followed_up' END AS reason,
       met,
       date_diff('day', greatest(start, month), least(ended, month_end)) + 1 AS days,
       len(list_filter(held, lambda day: day BETWEEN month AND month_end)) AS follow_ups,
       list_min(list_filter(held, lambda day: day BETWEEN month AND month_end)) AS first_held,
       every_month_met
FROM judged
