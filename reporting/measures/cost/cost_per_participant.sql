-- What the activities of the labour-market units cost in the period, and who took part in them: one row a person, activity type and
-- unit. Where a unit changed committee in the period, or the period has several years, there is one row a stretch.
-- $per: participant, day or result. $net_of_grants: state grants are taken off.
WITH months AS (
    SELECT CAST(month AS DATE)                                AS month,
           greatest(CAST(month AS DATE), $period_start)       AS first_day,
           least(last_day(month), $period_end, $as_of)        AS last_day
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
-- A day on which a person is in an activity is a participant-day, both ends counted.
days AS (
    SELECT p.kommun, p.unit, p.activity_type, p.person, m.attribution_date,
           sum(date_diff('day', greatest(p.start, m.first_day), least(coalesce(p.ended, m.last_day), m.last_day)) + 1) AS days
    FROM participations AS p
    JOIN unit_months AS m
        ON m.kommun = p.kommun AND m.unit = p.unit
        AND p.start <= m.last_day AND coalesce(p.ended, m.last_day) >= m.first_day
    WHERE p.start <= $period_end
      AND coalesce(p.ended >= $period_start, TRUE)
    GROUP BY p.kommun, p.unit, p.activity_type, p.person, m.attribution_date
),
-- An activity's part of the unit's participant-days in the whole period is its part of the unit's shared cost.
part_of_shared AS (
    SELECT kommun, unit, activity_type, sum(days) / sum(sum(days)) OVER (PARTITION BY kommun, unit) AS part
    FROM days
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
-- Within an activity the cost follows the participant-days: without them it stands on a row without a person.
cost_rows AS (
    SELECT kommun, unit, activity_type, attribution_date, person, coalesce(days, 0) AS days,
           coalesce(cost * coalesce(days / sum(days) OVER same_activity, 1), 0)        AS amount,
           coalesce(state_grant * coalesce(days / sum(days) OVER same_activity, 1), 0) AS state_grant
    FROM days
    FULL JOIN cost_of_activity USING (kommun, unit, activity_type, attribution_date)
    WINDOW same_activity AS (PARTITION BY kommun, unit, activity_type, attribution_date)
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
SELECT e.kommun, concat_ws('/', e.enrolment, a.activity_type), e.person, e.unit, e.ended, a.activity_type,
       TRUE, 'result', 0, 1, [e.enrolment], 0, 0
FROM exits AS e
LEFT JOIN joined_activities AS a ON a.kommun = e.kommun AND a.enrolment = e.enrolment
WHERE $per = 'result'
  AND e.unit_kind = 'ame'
  AND e.category IN ('A', 'B')
  AND e.ended BETWEEN $period_start AND $period_end
