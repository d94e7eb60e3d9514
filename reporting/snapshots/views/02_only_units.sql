-- The unit of each kind in the municipalities that have just one of that kind: a row delivered without a unit belongs to it.
CREATE VIEW only_units AS
SELECT kommun, kind, min(code) AS unit
FROM unit
GROUP BY kommun, kind
HAVING count(*) = 1;
