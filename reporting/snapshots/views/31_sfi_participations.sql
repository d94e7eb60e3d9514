-- Course participations in SFI, from the first registered attendance; no `ended`: still going on. result: godkand, utan_godkant or
-- avbrott. after_year: what the person did one year after the end. referral and referrer: of the referral that led to it, where that
-- is known.
CREATE TABLE sfi_participations AS
SELECT p.kommun, p.participation, p.person, p.start, p.ended, p.result, p.dropout_reason, p.after_year, p.study_path, p.course,
       p.referral, r.referrer, coalesce(p.unit, o.unit) AS unit
FROM sfi_participation AS p
LEFT JOIN sfi_referrals AS r ON r.kommun = p.kommun AND r.referral = p.referral
LEFT JOIN only_units AS o ON o.kommun = p.kommun AND o.kind = 'sfi';
