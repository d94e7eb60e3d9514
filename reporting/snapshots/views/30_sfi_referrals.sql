-- Referrals to SFI. withdrawal_reason: tackat_nej, arbete, flyttat or annat.
CREATE VIEW sfi_referrals AS
SELECT r.kommun, r.referral, r.person, r.referred, r.planned_start, r.referrer, r.withdrawn, r.withdrawal_reason,
       coalesce(r.unit, o.unit) AS unit
FROM sfi_referral AS r
LEFT JOIN only_units AS o ON o.kommun = r.kommun AND o.kind = 'sfi';
