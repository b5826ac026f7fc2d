-- Where an event stands among those of its business (district/statement-order.ts): they are folded in this order, whatever order they came in. Rows of
-- before have none until the next rebuild.
ALTER TABLE economy.business_events ADD COLUMN stated_order text COLLATE "C" NOT NULL DEFAULT '';

-- A business of which only changes of status were heard waits for its registration, and counts nowhere. It has no spans.
CREATE OR REPLACE VIEW economy.published_businesses AS
  SELECT district, business_id, known_at, known_until, name, form, sector, registered_date, employees, area_id, at, first_sequence, sequence
  FROM economy.business_versions WHERE registered;
