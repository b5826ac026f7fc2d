-- What other services may read: who is on call at which office over which half-open span, by the newest word. A shift that was taken back has no span.
CREATE VIEW officials.published_shifts AS
  SELECT s.district, s.shift_id, s.target_id, s.officer_id, o.name AS officer_name, o.account, s.from_at, s.until_at
  FROM officials.shifts s JOIN officials.officers o ON o.district = s.district AND o.officer_id = s.officer_id
  WHERE s.until_at > s.from_at;
CREATE INDEX shifts_by_office ON officials.shifts (district, target_id, until_at);
