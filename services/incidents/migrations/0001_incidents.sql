-- One row for each state of an incident that was ever known. known_* is the centre's knowledge; occurred_at and status_since are the world's.
CREATE TABLE incidents.incident_versions (
  district text NOT NULL,
  incident_id text NOT NULL,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  -- false: its end came before any report, so kind, severity and place are not known yet
  reported boolean NOT NULL,
  status text NOT NULL,
  status_since timestamptz NOT NULL,
  occurred_at timestamptz NOT NULL,
  -- reasons why the order of steps was not the lawful one, oldest first
  irregular jsonb NOT NULL DEFAULT '[]',
  kind text,
  severity integer CHECK (severity BETWEEN 1 AND 4),
  source text,
  address text,
  description text,
  outcome text,
  note text,
  stated_area_id text,
  area_id text,
  at geometry(Point, 4326),
  first_sequence bigint NOT NULL,
  sequence bigint NOT NULL,
  event_key text NOT NULL,
  PRIMARY KEY (district, incident_id, sequence)
);
CREATE UNIQUE INDEX incident_versions_current ON incidents.incident_versions (district, incident_id) WHERE known_until = 'infinity';
CREATE INDEX incident_versions_by_time ON incidents.incident_versions (district, occurred_at DESC, first_sequence DESC) WHERE known_until = 'infinity';
CREATE INDEX incident_versions_at ON incidents.incident_versions USING gist (at) WHERE known_until = 'infinity';
CREATE INDEX incident_versions_known ON incidents.incident_versions (district, known_at);

-- Every event as it came: the history of an incident, and the proof that a fact that is sent again is the same fact.
CREATE TABLE incidents.incident_events (
  district text NOT NULL,
  event_key text NOT NULL,
  incident_id text NOT NULL,
  sequence bigint NOT NULL,
  type text NOT NULL,
  occurred_at timestamptz NOT NULL,
  known_at timestamptz NOT NULL,
  irregular text,
  data jsonb NOT NULL,
  PRIMARY KEY (district, event_key)
);
CREATE INDEX incident_events_history ON incidents.incident_events (district, incident_id, sequence);

-- Last message on each incident's subject: what a command expects. It moves with a fact that is sent again; the versions do not.
CREATE TABLE incidents.incident_heads (
  district text NOT NULL,
  incident_id text NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, incident_id)
);

-- What other services may read. Description and note may name people and are not in it. -----------------------------------------------------
CREATE VIEW incidents.published_incidents AS
  SELECT district, incident_id, known_at, known_until, kind, severity, status, status_since, occurred_at, area_id, at, first_sequence, sequence
  FROM incidents.incident_versions;
