-- Persons. received: the day they were received in the municipality as newly arrived; ground: of that reception.
CREATE VIEW persons AS
SELECT kommun, person, birth_date, sex, received, ground, moved, died, coalesce(protected, FALSE) AS protected
FROM person;
