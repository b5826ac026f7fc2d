-- One row for each scenario run that was asked for. The first end that the journal holds is its end.
CREATE TABLE ml.scenario_runs (
  district text NOT NULL,
  run_id text NOT NULL,
  kind text NOT NULL,
  -- requested, completed, cancelled or failed
  status text NOT NULL,
  input_hash text NOT NULL,
  data_hash text NOT NULL,
  code_version text NOT NULL,
  names text[] NOT NULL,
  request jsonb NOT NULL,
  -- the district's clock that the data are of
  clock_time timestamptz NOT NULL,
  requested_at timestamptz NOT NULL,
  requested_sequence bigint NOT NULL,
  requested_event_id text NOT NULL,
  ended_at timestamptz,
  ended_sequence bigint,
  ended_event_id text,
  seconds float8,
  -- comparison or plan
  result jsonb,
  failure jsonb,
  PRIMARY KEY (district, run_id)
);
CREATE INDEX scenario_runs_newest ON ml.scenario_runs (district, requested_sequence);
CREATE INDEX scenario_runs_by_id ON ml.scenario_runs (run_id);
CREATE INDEX scenario_runs_by_input ON ml.scenario_runs (district, input_hash);
CREATE INDEX scenario_runs_open ON ml.scenario_runs (district) WHERE status = 'requested';

CREATE VIEW ml.published_scenario_runs AS SELECT * FROM ml.scenario_runs;
