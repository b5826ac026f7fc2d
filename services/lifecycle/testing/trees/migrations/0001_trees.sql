-- One row for each state of a tree that was ever known: known_* is the centre's knowledge, occurred_at and status_since are the world's.
CREATE TABLE trees.tree_versions (
  district text NOT NULL,
  tree_id text NOT NULL,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  reported boolean NOT NULL,
  status text NOT NULL,
  status_since timestamptz NOT NULL,
  occurred_at timestamptz NOT NULL,
  irregular jsonb NOT NULL DEFAULT '[]',
  species text,
  height_metres float8,
  reason text,
  stated_area_id text,
  area_id text,
  at geometry(Point, 4326),
  first_sequence bigint NOT NULL,
  sequence bigint NOT NULL,
  event_key text NOT NULL,
  PRIMARY KEY (district, tree_id, sequence)
);
CREATE UNIQUE INDEX tree_versions_current ON trees.tree_versions (district, tree_id) WHERE known_until = 'infinity';
CREATE INDEX tree_versions_by_time ON trees.tree_versions (district, occurred_at DESC, first_sequence DESC) WHERE known_until = 'infinity';
CREATE INDEX tree_versions_at ON trees.tree_versions USING gist (at) WHERE known_until = 'infinity';
CREATE INDEX tree_versions_known ON trees.tree_versions (district, known_at);

-- Every event as it came.
CREATE TABLE trees.tree_events (
  district text NOT NULL,
  event_key text NOT NULL,
  tree_id text NOT NULL,
  sequence bigint NOT NULL,
  type text NOT NULL,
  occurred_at timestamptz NOT NULL,
  known_at timestamptz NOT NULL,
  irregular text,
  stated_order text COLLATE "C" NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (district, event_key)
);
CREATE INDEX tree_events_history ON trees.tree_events (district, tree_id, sequence);

-- Last message on each tree's subject: what a command expects.
CREATE TABLE trees.tree_heads (
  district text NOT NULL,
  tree_id text NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, tree_id)
);
