-- What the base map and the overlays are drawn from: waterways, roads, places, planning zones.
CREATE TABLE geography.map_features (
  district text NOT NULL,
  feature_id text NOT NULL,
  kind text NOT NULL,
  class text NOT NULL,
  name text NOT NULL,
  name_plain text NOT NULL,
  properties jsonb NOT NULL,
  geom geometry(Geometry, 4326) NOT NULL,
  verified boolean NOT NULL,
  source text,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  event_id text NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, feature_id, sequence)
);
CREATE INDEX map_features_geom ON geography.map_features USING gist (geom) WHERE known_until = 'infinity';
CREATE INDEX map_features_name ON geography.map_features USING gin (name_plain gin_trgm_ops);

-- For other services: canal strips (`properties` has widthMetres, bufferMetres) and planning zones (class = land use).
CREATE VIEW geography.published_map_features AS
  SELECT district, feature_id, kind, class, name, properties, geom, verified, known_at, known_until FROM geography.map_features;
