-- One row for each cluster that was raised; never revised: when it grows or stays, another row stands beside it.
CREATE TABLE ml.cluster_alerts (
  district text NOT NULL,
  area_id text NOT NULL,
  area_ids text[] NOT NULL,
  raised_date date NOT NULL,
  known_at timestamptz NOT NULL,
  -- the event's data, whole
  data jsonb NOT NULL,
  sequence bigint NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (district, event_id)
);
CREATE INDEX cluster_alerts_by_day ON ml.cluster_alerts (district, raised_date);

CREATE VIEW ml.published_cluster_alerts AS SELECT * FROM ml.cluster_alerts;
