-- Of two words on one thing the one that was recorded last (register) or first (directives, disputes) holds, in whatever order they stand in the journal (district/statement-order.ts). Rows from before have none, and
-- keep the order of the journal among themselves: below every word that came since, until they are rebuilt.
ALTER TABLE officials.officers ADD COLUMN said_order text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE officials.shifts ADD COLUMN said_order text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE officials.directives ADD COLUMN said_order text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE officials.directive_answers ADD COLUMN said_order text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE officials.disputes ADD COLUMN said_order text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE officials.dispute_decisions ADD COLUMN said_order text COLLATE "C" NOT NULL DEFAULT '';

CREATE OR REPLACE VIEW officials.published_shifts AS
  SELECT s.district, s.shift_id, s.target_id, s.officer_id, o.name AS officer_name, o.account, s.from_at, s.until_at
  FROM officials.shifts s JOIN officials.officers o ON o.district = s.district AND o.officer_id = s.officer_id
  WHERE s.until_at > s.from_at
    AND NOT EXISTS (SELECT 1 FROM officials.shifts n WHERE n.district = s.district AND n.shift_id = s.shift_id AND (n.said_order, n.sequence) > (s.said_order, s.sequence))
    AND NOT EXISTS (SELECT 1 FROM officials.officers n WHERE n.district = o.district AND n.officer_id = o.officer_id AND (n.said_order, n.sequence) > (o.said_order, o.sequence));
