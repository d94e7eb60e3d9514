-- Adults with aid in the period's last month over by the as-of date, unemployed by their own hinder: does an activity or a course
-- cover that month's last day?
WITH looked_at AS (
    SELECT max(last_day(month)) AS day
    FROM unnest(generate_series(date_trunc('month', $period_start), $period_end, INTERVAL 1 MONTH)) AS calendar(month)
    WHERE last_day(month) <= least($period_end, $as_of)
),
in_need AS (
    SELECT a.kommun, a.person, a.household, a.unit, a.hinder, looked_at.day,
           CASE WHEN p.moved < looked_at.day THEN 'moved'
                WHEN p.died < looked_at.day  THEN 'deceased' END AS left_out
    FROM aided_months AS a
    JOIN persons AS p ON p.kommun = a.kommun AND p.person = a.person
    JOIN looked_at ON last_day(a.month) = looked_at.day
    WHERE a.hinder IN ('arbetslos_ingen_ersattning', 'arbetslos_otillracklig', 'arbetslos_vantar', 'arbetslos_etablering')
      AND p.birth_date + INTERVAL 18 YEAR <= looked_at.day
),
in_activity AS (
    SELECT e.kommun, e.person, max(a.start) AS activity_since
    FROM activities AS a
    JOIN enrolments AS e ON e.kommun = a.kommun AND e.enrolment = a.enrolment
    CROSS JOIN looked_at
    WHERE a.start <= looked_at.day
      AND coalesce(least(a.ended, e.ended) >= looked_at.day, TRUE)
    GROUP BY e.kommun, e.person
),
in_sfi AS (
    SELECT s.kommun, s.person, max(s.start) AS sfi_since
    FROM sfi_participations AS s
    CROSS JOIN looked_at
    WHERE s.start <= looked_at.day
      AND coalesce(s.ended >= looked_at.day, TRUE)
    GROUP BY s.kommun, s.person
)
SELECT n.kommun,
       n.person                                     AS unit_key,
       n.person                                     AS person_key,
       n.unit,
       n.day                                        AS attribution_date,
       n.left_out IS NULL                           AS in_population,
       CASE WHEN n.left_out IS NOT NULL             THEN n.left_out
            WHEN a.activity_since IS NOT NULL       THEN 'in_activity'
            WHEN s.sfi_since IS NOT NULL            THEN 'in_sfi'
            ELSE                                         'no_activity' END AS reason,
       CASE WHEN n.left_out IS NULL THEN a.activity_since IS NULL AND s.sfi_since IS NULL END AS met,
       n.hinder, n.household, a.activity_since, s.sfi_since
FROM in_need AS n
LEFT JOIN in_activity AS a ON a.kommun = n.kommun AND a.person = n.person
LEFT JOIN in_sfi AS s ON s.kommun = n.kommun AND s.person = n.person
