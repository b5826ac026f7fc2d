-- One row for each state of an area's risk that was said. Written from the service's own events alone.
CREATE TABLE ml.risk_versions (
  district text NOT NULL,
  area_id text NOT NULL,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  data_through date NOT NULL,
  score float8,
  present_band integer,
  model_id text NOT NULL,
  -- the event's data, whole
  data jsonb NOT NULL,
  sequence bigint NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (district, area_id, sequence)
);
CREATE INDEX risk_versions_current ON ml.risk_versions (district) WHERE known_until = 'infinity';

-- One row for each area and target that a run spoke of. A forecast is never revised: the next one stands beside it.
CREATE TABLE ml.forecast_versions (
  district text NOT NULL,
  area_id text NOT NULL,
  target text NOT NULL,
  data_through date NOT NULL,
  known_at timestamptz NOT NULL,
  method text,
  card_id text NOT NULL,
  data jsonb NOT NULL,
  sequence bigint NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (district, event_id)
);
CREATE INDEX forecast_versions_by_area ON ml.forecast_versions (district, area_id, target, data_through);

CREATE TABLE ml.model_cards (
  district text NOT NULL,
  model_id text NOT NULL,
  kind text NOT NULL,
  data_through date NOT NULL,
  known_at timestamptz NOT NULL,
  card jsonb NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, model_id)
);

-- What other services may read. -------------------------------------------------------------------------------------------------------------
CREATE VIEW ml.published_risk AS SELECT * FROM ml.risk_versions;
CREATE VIEW ml.published_forecasts AS SELECT * FROM ml.forecast_versions;
