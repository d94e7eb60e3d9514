-- Support cases, one row for each person in the case. role: huvudsokande, medsokande or barn. The decision is known from its date.
CREATE VIEW support_cases AS
SELECT s.kommun, s.support_case, s.household, s.person, s.role, s.applied, s.decision, s.decided, s.opened, s.closed,
       coalesce(s.unit, o.unit) AS unit
FROM support_case AS s
LEFT JOIN only_units AS o ON o.kommun = s.kommun AND o.kind = 'ekonomiskt_bistand';
