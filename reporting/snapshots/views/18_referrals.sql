-- Referrals to labour-market and integration units, one row an enrolment that has the day it was referred; `start` empty: not begun.
-- moved, died: of the person; one before the day of the referral is ignored for it (measures.md rule 10).
CREATE VIEW referrals AS
SELECT e.kommun, e.enrolment, e.person, e.unit, e.referrer, e.referred, e.withdrawn, e.start_meeting, e.start,
       CASE WHEN p.moved >= e.referred THEN p.moved END AS moved,
       CASE WHEN p.died >= e.referred  THEN p.died  END AS died
FROM enrolment AS e
JOIN units AS u ON u.kommun = e.kommun AND u.unit = e.unit
LEFT JOIN persons AS p ON p.kommun = e.kommun AND p.person = e.person
WHERE e.referred IS NOT NULL
  AND u.kind IN ('ame', 'integration');
