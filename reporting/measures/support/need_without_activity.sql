-- Adults with aid in the period's last month over by the as-of date, unemployed by their own hinder: does an activity or a course
-- cover that month's last day?
WITH in_need AS (
    SELECT a.kommun, a.person, a.household, a.unit, a.hinder,
           CASE WHEN p.moved < $month_end THEN 'moved'
                WHEN p.died < $month_end  THEN 'deceased' END AS left_out
    FROM aided_months AS a
    JOIN persons AS p ON p.kommun = a.kommun AND p.person = a.person
    WHERE a.month = date_trunc('month', $month_end)
      AND $month_end >= $period_start
      AND a.hinder IN ('arbetslos_ingen_ersattning', 'arbetslos_otillracklig', 'arbetslos_vantar', 'arbetslos_etablering')
      AND p.birth_date + INTERVAL 18 YEAR <= $month_end
),
in_activity AS (
    SELECT e.kommun, e.person, max(a.start) AS activity_since
    FROM activities AS a
    JOIN enrolments AS e ON e.kommun = a.kommun AND e.enrolment = a.enrolment
    WHERE a.start <= $month_end
      AND coalesce(a.ended >= $month_end, TRUE)
      AND coalesce(e.ended >= $month_end, TRUE)
    GROUP BY e.kommun, e.person
),
in_sfi AS (
    SELECT kommun, person, max(start) AS sfi_since
    FROM sfi_participations
    WHERE start <= $month_end
      AND coalesce(ended >= $month_end, TRUE)
    GROUP BY kommun, person
)
SELECT n.kommun,
       n.person                                     AS unit_key,
       n.person                                     AS person_key,
       n.unit,
       $month_end                                   AS attribution_date,
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
