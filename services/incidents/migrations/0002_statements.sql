-- Where an event stands among those of its incident (district/statement-order.ts): they are folded in this order, whatever order they came in. Rows of
-- before have none until the next rebuild.
ALTER TABLE incidents.incident_events ADD COLUMN stated_order text COLLATE "C" NOT NULL DEFAULT '';

-- While only steps of an incident were heard of it waits for its report, and counts nowhere.
CREATE OR REPLACE VIEW incidents.published_incidents AS
  SELECT district, incident_id, known_at, known_until, kind, severity, status, status_since, occurred_at, area_id, at, first_sequence, sequence
  FROM incidents.incident_versions WHERE reported;
