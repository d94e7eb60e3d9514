-- Units, where the cases are. kind: ame, integration, ekonomiskt_bistand or sfi.
CREATE VIEW units AS
SELECT kommun, code AS unit, name, kind, department
FROM unit;
