-- What was said of a case, each detail with where its statement stands among the others (district/statement-order.ts): a statement that comes late does not
-- undo one that stands later. NULL: all of the row was said by the one event of the row.
ALTER TABLE epidemic.case_versions ADD COLUMN said text;
-- False: the area is the one in which the place lies; nobody stated it. Rows of before do not say so: taken as stated, until the next rebuild.
ALTER TABLE epidemic.case_versions ADD COLUMN area_is_stated boolean NOT NULL DEFAULT true;

-- Changes of cases that nobody has confirmed yet. They count nowhere; the confirmation takes them up, and `applied_by` says which it was.
CREATE TABLE epidemic.case_waiting (
  district text NOT NULL,
  case_id text NOT NULL,
  sequence bigint NOT NULL,
  known_at timestamptz NOT NULL,
  event_id text NOT NULL,
  event json NOT NULL,
  applied_by bigint,
  PRIMARY KEY (district, case_id, sequence)
);

-- The same of a facility: a report that says less, or that comes late, does not undo what another says.
ALTER TABLE epidemic.capacity_versions ADD COLUMN said text;
