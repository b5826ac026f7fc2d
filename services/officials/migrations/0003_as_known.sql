-- Every word on an officer and on a shift is a row of its own: what was known at a moment is the newest word until then. Rows from before have the newest word alone, until they are rebuilt from the journal.
ALTER TABLE officials.officers DROP CONSTRAINT officers_pkey;
ALTER TABLE officials.officers ADD PRIMARY KEY (district, officer_id, sequence);
ALTER TABLE officials.shifts DROP CONSTRAINT shifts_pkey;
ALTER TABLE officials.shifts ADD PRIMARY KEY (district, shift_id, sequence);

CREATE OR REPLACE VIEW officials.published_shifts AS
  SELECT s.district, s.shift_id, s.target_id, s.officer_id, o.name AS officer_name, o.account, s.from_at, s.until_at
  FROM officials.shifts s JOIN officials.officers o ON o.district = s.district AND o.officer_id = s.officer_id
  WHERE s.until_at > s.from_at
    AND NOT EXISTS (SELECT 1 FROM officials.shifts n WHERE n.district = s.district AND n.shift_id = s.shift_id AND n.sequence > s.sequence)
    AND NOT EXISTS (SELECT 1 FROM officials.officers n WHERE n.district = o.district AND n.officer_id = o.officer_id AND n.sequence > o.sequence);
