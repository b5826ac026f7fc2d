-- Where an event stands among those of its violation (district/statement-order.ts): they are folded in this order, whatever order they came in. Rows of
-- before have none until the next rebuild.
ALTER TABLE urban_order.violation_events ADD COLUMN stated_order text COLLATE "C" NOT NULL DEFAULT '';
-- What was said to be one with what: few beside the other events.
CREATE INDEX violation_events_merged ON urban_order.violation_events (district, violation_id) WHERE type = 'violation-merged';

-- While only steps of a violation were heard of it waits for its report, and counts nowhere.
CREATE OR REPLACE VIEW urban_order.published_violations AS
  SELECT district, violation_id, known_at, known_until, kind, status, status_since, occurred_at, area_id, at, merged_into,
    due_step, due_from, due_hours, due_days, due_on, first_sequence, sequence
  FROM urban_order.violation_versions WHERE reported;
