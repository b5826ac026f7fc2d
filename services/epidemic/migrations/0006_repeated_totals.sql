-- Totals of files that said nothing new when they came, as somebody had typed the same before: what a file says next is compared with them (imports/said-before.ts).
CREATE TABLE epidemic.repeated_totals (
  district text NOT NULL,
  event_id text NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, event_id)
);
