-- One row for each state of a call that was ever known. known_* is the centre's knowledge; occurred_at and status_since are the world's. No word of who called.
CREATE TABLE hotline.call_versions (
  district text NOT NULL,
  call_id text NOT NULL,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  -- false: only what happened to it was heard
  reported boolean NOT NULL,
  status text NOT NULL,
  status_since timestamptz NOT NULL,
  occurred_at timestamptz NOT NULL,
  direction text,
  carrier text,
  channel text,
  topic text,
  chain_rule text,
  chain jsonb NOT NULL,
  -- telephones that rang, or ring, in their order
  attempts jsonb NOT NULL,
  owners jsonb NOT NULL,
  alerted_at timestamptz,
  taken_up_at timestamptz,
  taken_up_by text,
  irregular jsonb NOT NULL DEFAULT '[]',
  stated_area_id text,
  area_id text,
  at geometry(Point, 4326),
  first_sequence bigint NOT NULL,
  sequence bigint NOT NULL,
  event_key text NOT NULL,
  PRIMARY KEY (district, call_id, sequence)
);
CREATE UNIQUE INDEX call_versions_current ON hotline.call_versions (district, call_id) WHERE known_until = 'infinity';
CREATE INDEX call_versions_by_time ON hotline.call_versions (district, occurred_at DESC, first_sequence DESC) WHERE known_until = 'infinity';
CREATE INDEX call_versions_known ON hotline.call_versions (district, known_at);
CREATE INDEX call_versions_waiting ON hotline.call_versions (district, call_id) WHERE known_until = 'infinity' AND NOT reported;

-- The ledger: every event as it came.
CREATE TABLE hotline.call_events (
  district text NOT NULL,
  event_key text NOT NULL,
  call_id text NOT NULL,
  sequence bigint NOT NULL,
  type text NOT NULL,
  occurred_at timestamptz NOT NULL,
  known_at timestamptz NOT NULL,
  irregular text,
  -- as the envelope names who said it
  said_by text,
  stated_order text COLLATE "C" NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (district, event_key)
);
CREATE INDEX call_events_history ON hotline.call_events (district, call_id, sequence);

-- Last message on each call's subject: what a command, and what is due, expects.
CREATE TABLE hotline.call_heads (
  district text NOT NULL,
  call_id text NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, call_id)
);

-- What is due of calls (services/clocks/).
CREATE TABLE hotline.due_times (
  district text NOT NULL,
  entity_id text NOT NULL,
  rule text NOT NULL,
  sequence bigint NOT NULL,
  due_at timestamptz NOT NULL,
  type text NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (district, entity_id, rule, sequence)
);
CREATE INDEX due_times_in_order ON hotline.due_times (district, due_at);

-- Who called, from where, and what was answered. Rows of persons.
CREATE TABLE hotline.callers (
  district text NOT NULL,
  call_id text NOT NULL,
  caller_number text,
  lon float8,
  lat float8,
  case_id text,
  triage jsonb,
  triaged_at timestamptz,
  known_at timestamptz NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, call_id)
);
