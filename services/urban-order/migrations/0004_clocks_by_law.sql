-- The first clock runs from when the centre was told. What was found at the site decides the step, the term and the authority.
ALTER TABLE urban_order.violation_versions
  ADD COLUMN received_at timestamptz,
  ADD COLUMN works text,
  ADD COLUMN building text,
  ADD COLUMN party_kind text,
  ADD COLUMN minuted_at timestamptz,
  ADD COLUMN procedure text,
  -- beside hours, days and a named day: working days of the calendar, and months
  ADD COLUMN due_working_days integer,
  ADD COLUMN due_months integer;

-- When each event says that it became known; rows of before have known_at alone.
ALTER TABLE urban_order.violation_events ADD COLUMN recorded_at timestamptz;

-- Rows of before: when the centre was told is in the events. Terms of later steps follow with the next event of the violation, or a rebuild.
UPDATE urban_order.violation_versions AS versions
  SET received_at = told.received_at, due_from = CASE WHEN versions.due_rule = 'report-48h' THEN told.received_at ELSE versions.due_from END
  FROM (SELECT district, violation_id, min(known_at) AS received_at FROM urban_order.violation_events WHERE type = 'violation-reported' GROUP BY 1, 2) AS told
  WHERE told.district = versions.district AND told.violation_id = versions.violation_id;
