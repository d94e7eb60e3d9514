-- The months in which a person had aid: the household's total for the month is above 0, whoever of its persons the amount stands on.
-- No amount is below 0, so a household's total is above 0 when one of its amounts is. role, amount, hinder: the person's own.
-- One row a person and month.
CREATE TABLE aided_months AS
SELECT m.kommun, m.person, m.household, m.month, m.unit, m.role, m.amount, m.hinder
FROM support_months AS m
WHERE EXISTS (
    SELECT 1
    FROM support_months AS paid
    WHERE paid.kommun = m.kommun AND paid.household = m.household AND paid.month = m.month
      AND paid.amount > 0
);
