-- Aid by the month it concerns (its first day), one row for each person of the household that month.
CREATE VIEW support_months AS
SELECT s.kommun, s.household, s.person, s.month, s.amount, s.role, s.hinder, coalesce(s.unit, o.unit) AS unit
FROM support_month AS s
LEFT JOIN only_units AS o ON o.kommun = s.kommun AND o.kind = 'ekonomiskt_bistand';
