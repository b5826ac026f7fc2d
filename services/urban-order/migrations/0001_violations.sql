-- One row for each state of a violation that was ever known. known_* is the centre's knowledge; occurred_at and status_since are the world's.
CREATE TABLE urban_order.violation_versions (
  district text NOT NULL,
  violation_id text NOT NULL,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  -- false: a step came before any report, so place and kind are not known yet
  reported boolean NOT NULL,
  kind text NOT NULL,
  source_kind text,
  status text NOT NULL,
  status_since timestamptz NOT NULL,
  occurred_at timestamptz NOT NULL,
  stated_area_id text,
  area_id text,
  at geometry(Point, 4326),
  address text,
  description text,
  reporter text,
  reference text,
  minutes_number text,
  decision_number text,
  authority text,
  fine_vnd bigint,
  merged_into text,
  -- reasons why the order of steps was not the lawful one, oldest first
  irregular jsonb NOT NULL DEFAULT '[]',
  -- the legal clock: the next lawful step is due at the end of the local day due_on, or due_days after the local day of due_from, or due_hours after due_from
  due_step text,
  due_rule text,
  due_from timestamptz,
  due_hours integer,
  due_days integer,
  due_on date,
  first_sequence bigint NOT NULL,
  sequence bigint NOT NULL,
  event_key text NOT NULL,
  PRIMARY KEY (district, violation_id, sequence)
);
CREATE UNIQUE INDEX violation_versions_current ON urban_order.violation_versions (district, violation_id) WHERE known_until = 'infinity';
CREATE INDEX violation_versions_by_time ON urban_order.violation_versions (district, occurred_at DESC, first_sequence DESC) WHERE known_until = 'infinity';
CREATE INDEX violation_versions_merged ON urban_order.violation_versions (district, merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX violation_versions_at ON urban_order.violation_versions USING gist (at) WHERE known_until = 'infinity';
CREATE INDEX violation_versions_known ON urban_order.violation_versions (district, known_at);

-- Every event as it came: the history of a violation, and the proof that a fact that is sent again is the same fact.
CREATE TABLE urban_order.violation_events (
  district text NOT NULL,
  event_key text NOT NULL,
  violation_id text NOT NULL,
  sequence bigint NOT NULL,
  type text NOT NULL,
  occurred_at timestamptz NOT NULL,
  known_at timestamptz NOT NULL,
  irregular text,
  data jsonb NOT NULL,
  PRIMARY KEY (district, event_key)
);
CREATE INDEX violation_events_history ON urban_order.violation_events (district, violation_id, sequence);

-- Last message on each violation's subject: what a command expects. It moves with a fact that is sent again; the versions do not.
CREATE TABLE urban_order.violation_heads (
  district text NOT NULL,
  violation_id text NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, violation_id)
);

-- What other services may read. -------------------------------------------------------------------------------------------------------------
CREATE VIEW urban_order.published_violations AS
  SELECT district, violation_id, known_at, known_until, kind, status, status_since, occurred_at, area_id, at, merged_into,
    due_step, due_from, due_hours, due_days, due_on, first_sequence, sequence
  FROM urban_order.violation_versions;
