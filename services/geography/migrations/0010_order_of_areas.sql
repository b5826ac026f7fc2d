-- Where a statement stands among those of its area (district/statement-order.ts); rows of before stand below all that is said later.
ALTER TABLE geography.area_versions ADD COLUMN statement_order text NOT NULL DEFAULT '';

-- Ends that were said, for what comes later and is older.
CREATE TABLE geography.area_ends (
  district text NOT NULL,
  area_id text NOT NULL,
  from_day date NOT NULL,
  statement_order text NOT NULL,
  PRIMARY KEY (district, area_id, from_day, statement_order)
);
