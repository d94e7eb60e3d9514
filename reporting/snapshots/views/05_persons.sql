-- Persons. received: the day they were received in the municipality as newly arrived; ground: of that reception.
-- refugee_household: of an applicant, whether the household is one.
CREATE VIEW persons AS
SELECT kommun, person, birth_date, sex, received, ground, moved, died,
       coalesce(refugee_household, FALSE) AS refugee_household, coalesce(protected, FALSE) AS protected
FROM person;
