-- The months in which a person had aid: the household's total for the month is above 0, whoever of its persons the amount stands on.
-- role, amount, hinder: the person's own that month.
CREATE TABLE aided_months AS
SELECT m.kommun, m.person, m.household, m.month, m.unit, m.role, m.amount, m.hinder
FROM support_months AS m
JOIN (
    SELECT kommun, household, month
    FROM support_months
    GROUP BY kommun, household, month
    HAVING sum(amount) > 0
) AS aided ON aided.kommun = m.kommun AND aided.household = m.household AND aided.month = m.month;
