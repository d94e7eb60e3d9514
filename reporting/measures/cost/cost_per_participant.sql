-- What the activities of the labour-market units cost in the period, and who took part in them: one row a person, activity type and
-- unit. Where a unit changed committee in the period, or the period has several years, there is one row a stretch.
-- $per: participant, day or result. $net_of_grants: state grants are taken off.
WITH months AS (
    SELECT CAST(month AS DATE)                                AS month,
           greatest(CAST(month AS DATE), $period_start)       AS first_day,
           least(last_day(month), $looked_at)                 AS last_day
    FROM unnest(generate_series(date_trunc('month', $period_start), $period_end, INTERVAL 1 MONTH)) AS calendar(month)
    WHERE month <= $as_of
),
-- A unit's months under one committee in one calendar year are a stretch, attributed to its last day.
unit_months AS (
    SELECT u.kommun, u.unit, m.month, m.first_day, m.last_day,
           max(m.last_day) OVER (PARTITION BY u.kommun, u.unit, r.committee, year(m.month)) AS attribution_date
    FROM units AS u
    CROSS JOIN months AS m
    LEFT JOIN responsibilities AS r
        ON r.kommun = u.kommun AND r.unit = u.unit
        AND m.last_day >= r.start AND m.last_day <= coalesce(r.ended, m.last_day)
    WHERE u.kind = 'ame'
),
numbered_months AS (
    SELECT *, date_diff('month', $period_start, month) AS month_number,
           row_number() OVER (PARTITION BY kommun, unit, attribution_date ORDER BY month) AS place
    FROM unit_months
),
-- The months of a stretch that follow on each other, so that days need not be counted month by month.
unit_days AS (
    SELECT kommun, unit, attribution_date, min(first_day) AS first_day, max(last_day) AS last_day
    FROM numbered_months
    GROUP BY kommun, unit, attribution_date, month_number - place
),
-- A day on which a person is in an activity is a participant-day, both ends counted.
days AS (
    SELECT p.kommun, p.unit, p.activity_type, p.person, d.attribution_date,
           sum(date_diff('day', greatest(p.start, d.first_day), least(coalesce(p.ended, d.last_day), d.last_day)) + 1) AS days
    FROM participations AS p
    JOIN unit_days AS d
        ON d.kommun = p.kommun AND d.unit = p.unit
        AND p.start <= d.last_day AND coalesce(p.ended, d.last_day) >= d.first_day
    WHERE p.start <= $period_end
      AND coalesce(p.ended >= $period_start, TRUE)
    GROUP BY p.kommun, p.unit, p.activity_type, p.person, d.attribution_date
),
days_of_activity AS (
    SELECT kommun, unit, activity_type, attribution_date, sum(days) AS days
    FROM days
    GROUP BY kommun, unit, activity_type, attribution_date
),
-- An activity's part of the unit's participant-days in the whole period is its part of the unit's shared cost.
part_of_shared AS (
    SELECT kommun, unit, activity_type, sum(days) / sum(sum(days)) OVER (PARTITION BY kommun, unit) AS part
    FROM days_of_activity
    GROUP BY kommun, unit, activity_type
),
delivered AS (
    SELECT c.kommun, c.unit, c.activity_type, m.attribution_date,
           CAST(sum(c.cost - CASE WHEN $net_of_grants THEN c.state_grant ELSE 0 END) AS DOUBLE) AS cost,
           CAST(sum(c.state_grant) AS DOUBLE)                                                  AS state_grant
    FROM costs AS c
    JOIN unit_months AS m ON m.kommun = c.kommun AND m.unit = c.unit AND m.month = c.month
    WHERE c.month_end BETWEEN $period_start AND $period_end
    GROUP BY c.kommun, c.unit, c.activity_type, m.attribution_date
),
-- Direct cost goes to its activity. Shared cost is spread, or stands by itself at a unit without participant-days.
spread AS (
    SELECT kommun, unit, activity_type, attribution_date, cost, state_grant
    FROM delivered
    WHERE activity_type IS NOT NULL
    UNION ALL
    SELECT d.kommun, d.unit, s.activity_type, d.attribution_date,
           d.cost * coalesce(s.part, 1), d.state_grant * coalesce(s.part, 1)
    FROM delivered AS d
    LEFT JOIN part_of_shared AS s ON s.kommun = d.kommun AND s.unit = d.unit
    WHERE d.activity_type IS NULL
),
cost_of_activity AS (
    SELECT kommun, unit, activity_type, attribution_date, sum(cost) AS cost, sum(state_grant) AS state_grant
    FROM spread
    GROUP BY kommun, unit, activity_type, attribution_date
),
cost_and_days AS (
    SELECT kommun, unit, activity_type, attribution_date, d.days,
           coalesce(c.cost, 0) AS cost, coalesce(c.state_grant, 0) AS state_grant
    FROM days_of_activity AS d
    FULL JOIN cost_of_activity AS c USING (kommun, unit, activity_type, attribution_date)
),
-- Within an activity the cost follows the participant-days: without them it stands on a row without a person.
cost_rows AS (
    SELECT kommun, unit, activity_type, attribution_date, d.person, coalesce(d.days, 0) AS days,
           a.cost * coalesce(d.days / a.days, 1)        AS amount,
           a.state_grant * coalesce(d.days / a.days, 1) AS state_grant
    FROM cost_and_days AS a
    LEFT JOIN days AS d USING (kommun, unit, activity_type, attribution_date)
),
results AS (
    SELECT kommun, enrolment, person, unit, ended
    FROM exits
    WHERE $per = 'result'
      AND unit_kind = 'ame'
      AND category IN ('A', 'B')
      AND ended BETWEEN $period_start AND $period_end
),
contained AS (
    SELECT DISTINCT r.kommun, r.enrolment, a.activity_type
    FROM results AS r
    JOIN activities_when_joined AS a ON a.kommun = r.kommun AND a.enrolment = r.enrolment
)
SELECT kommun,
       concat_ws('/', unit, coalesce(activity_type, '–'), attribution_date, person) AS unit_key,
       person                                       AS person_key,
       unit,
       attribution_date,
       activity_type,
       TRUE                                         AS in_population,
       CASE WHEN person IS NOT NULL        THEN 'participated'
            WHEN activity_type IS NOT NULL THEN 'cost_without_participants'
            ELSE                                'shared_cost_not_spread' END AS reason,
       amount,
       CASE WHEN $per = 'participant' AND person IS NOT NULL THEN 1
            WHEN $per = 'day'                                THEN days
            ELSE                                                  0 END AS units,
       CAST([] AS VARCHAR[])                        AS results,
       days,
       state_grant
FROM cost_rows
UNION ALL
-- Exits to work or studies in the same period, by each activity type they contained, whenever it ran.
SELECT r.kommun, concat_ws('/', r.enrolment, c.activity_type), r.person, r.unit, r.ended, c.activity_type,
       TRUE, 'result', 0, 1, [r.enrolment], 0, 0
FROM results AS r
LEFT JOIN contained AS c ON c.kommun = r.kommun AND c.enrolment = r.enrolment
