-- What people announced. Whether it is in force follows from its times (declared/level-in-force.ts).
CREATE TABLE levels.declarations (
  district text NOT NULL,
  declaration_id text NOT NULL,
  area_id text NOT NULL,
  level integer NOT NULL CHECK (level BETWEEN 1 AND 4),
  policy_id text NOT NULL,
  takes_effect_at timestamptz NOT NULL,
  declared_at timestamptz NOT NULL,
  known_at timestamptz NOT NULL,
  reason text NOT NULL,
  document text,
  signed_by text,
  exercise boolean NOT NULL,
  sequence bigint NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (district, declaration_id)
);
CREATE INDEX declarations_by_area ON levels.declarations (district, area_id, takes_effect_at);

-- A withdrawal may be heard before what it withdraws.
CREATE TABLE levels.withdrawals (
  district text NOT NULL,
  declaration_id text NOT NULL,
  area_id text NOT NULL,
  withdrawn_at timestamptz NOT NULL,
  known_at timestamptz NOT NULL,
  reason text NOT NULL,
  sequence bigint NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (district, declaration_id)
);

-- Last message on each area's subject of declarations: what a command expects.
CREATE TABLE levels.declaration_heads (
  district text NOT NULL,
  area_id text NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, area_id)
);

CREATE TABLE levels.adjustments (
  district text NOT NULL,
  adjustment_id text NOT NULL,
  policy_id text NOT NULL,
  known_at timestamptz NOT NULL,
  -- the event's data, whole
  data jsonb NOT NULL,
  sequence bigint NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (district, adjustment_id)
);

-- What the centre computed, each time that it changed.
CREATE TABLE levels.assessment_versions (
  district text NOT NULL,
  area_id text NOT NULL,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  on_day date NOT NULL,
  policy_id text NOT NULL,
  low integer NOT NULL,
  high integer NOT NULL,
  decided_by text NOT NULL,
  reasons jsonb NOT NULL,
  sequence bigint NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (district, area_id, sequence)
);

-- What other services may read: what was announced is for everybody.
CREATE VIEW levels.published_declarations AS
  SELECT d.district, d.declaration_id, d.area_id, d.level, d.policy_id, d.takes_effect_at, d.declared_at, d.known_at, d.reason, d.document, d.signed_by, d.sequence,
    w.withdrawn_at, w.known_at AS withdrawal_known_at, w.reason AS withdrawal_reason
  FROM levels.declarations AS d LEFT JOIN levels.withdrawals AS w USING (district, declaration_id);
