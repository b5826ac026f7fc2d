-- One row for each state of a report that was ever known. known_* is the centre's knowledge; occurred_at (receipt) and status_since are the world's.
CREATE TABLE citizens.report_versions (
  district text NOT NULL,
  report_id text NOT NULL,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  -- false: a step came before any report, so topic and place are not known yet
  reported boolean NOT NULL,
  status text NOT NULL,
  status_since timestamptz NOT NULL,
  occurred_at timestamptz NOT NULL,
  irregular jsonb NOT NULL DEFAULT '[]',
  topic text,
  description text,
  address text,
  channel text,
  photos text,
  media_url text,
  attributes text,
  external_id text,
  unit text,
  routing_rule text,
  routing_note text,
  outcome text,
  answer text,
  pause_reason text,
  reopen_reason text,
  reminded_unit text,
  satisfaction integer CHECK (satisfaction BETWEEN 1 AND 5),
  rated_unit text,
  rating_note text,
  -- Worked out from the events (report/clock.ts).
  clock_from timestamptz,
  paused_seconds integer,
  due_at timestamptz,
  reminded_at timestamptz,
  closures integer,
  reopenings integer,
  rated_closures integer,
  first_closed_at timestamptz,
  first_closed_by text,
  first_outcome text,
  first_in_time boolean,
  stated_area_id text,
  area_id text,
  at geometry(Point, 4326),
  first_sequence bigint NOT NULL,
  sequence bigint NOT NULL,
  event_key text NOT NULL,
  PRIMARY KEY (district, report_id, sequence)
);
CREATE UNIQUE INDEX report_versions_current ON citizens.report_versions (district, report_id) WHERE known_until = 'infinity';
CREATE INDEX report_versions_by_time ON citizens.report_versions (district, occurred_at DESC, first_sequence DESC) WHERE known_until = 'infinity';
CREATE INDEX report_versions_at ON citizens.report_versions USING gist (at) WHERE known_until = 'infinity';
CREATE INDEX report_versions_known ON citizens.report_versions (district, known_at);
CREATE INDEX report_versions_waiting ON citizens.report_versions (district, report_id) WHERE known_until = 'infinity' AND NOT reported;

-- Every event as it came: the history of a report, and the proof that a fact that is sent again is the same fact.
CREATE TABLE citizens.report_events (
  district text NOT NULL,
  event_key text NOT NULL,
  report_id text NOT NULL,
  sequence bigint NOT NULL,
  type text NOT NULL,
  occurred_at timestamptz NOT NULL,
  known_at timestamptz NOT NULL,
  irregular text,
  stated_order text COLLATE "C" NOT NULL DEFAULT '',
  data jsonb NOT NULL,
  PRIMARY KEY (district, event_key)
);
CREATE INDEX report_events_history ON citizens.report_events (district, report_id, sequence);
CREATE INDEX report_events_rated ON citizens.report_events (district, occurred_at) WHERE type = 'report-rated';

-- Last message on each report's subject: what a command expects.
CREATE TABLE citizens.report_heads (
  district text NOT NULL,
  report_id text NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, report_id)
);

-- Who reported, and the hash of what he follows it by. In the journal names and numbers are sealed.
CREATE TABLE citizens.report_contacts (
  district text NOT NULL,
  report_id text NOT NULL,
  secret_hash text,
  name text,
  phone text,
  email text,
  device_id text,
  account_id text,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, report_id)
);

-- What is due of a report (clocks/README.md).
CREATE TABLE citizens.due_times (
  district text NOT NULL,
  entity_id text NOT NULL,
  rule text NOT NULL,
  sequence bigint NOT NULL,
  due_at timestamptz NOT NULL,
  type text NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (district, entity_id, rule, sequence)
);
CREATE INDEX due_times_by_time ON citizens.due_times (district, due_at);

-- What other services may read. Texts and addresses of people are not in it. -----------------------------------------------------------------
CREATE VIEW citizens.published_reports AS
  SELECT district, report_id, known_at, known_until, topic, status, status_since, occurred_at, unit, due_at, outcome, first_closed_at, first_closed_by, first_outcome,
    first_in_time, reopenings, area_id, at, first_sequence, sequence
  FROM citizens.report_versions WHERE reported;
