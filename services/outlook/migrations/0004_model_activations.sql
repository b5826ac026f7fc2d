-- Which registered version of a kind of model a district's runs use, by whose decision. No row: the newest one.
CREATE TABLE ml.model_activations (
  district text NOT NULL,
  kind text NOT NULL,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  version text NOT NULL,
  reason text NOT NULL,
  by_whom text NOT NULL,
  sequence bigint NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (district, kind, sequence)
);
CREATE INDEX forecast_versions_by_target ON ml.forecast_versions (district, target, sequence);

CREATE VIEW ml.published_model_activations AS SELECT * FROM ml.model_activations;
