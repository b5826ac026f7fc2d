-- Areas with two axes of time: valid_* is when the border holds on the ground, known_* is when we knew it.
CREATE TABLE geography.districts (
  district text PRIMARY KEY,
  name text NOT NULL,
  name_english text,
  time_zone text NOT NULL,
  clock text NOT NULL,
  exercise boolean NOT NULL,
  centre geometry(Point, 4326) NOT NULL,
  zoom double precision,
  source text,
  known_at timestamptz NOT NULL,
  sequence bigint NOT NULL
);

-- Events whose effect is in the rows: one that comes again after the journal's duplicate window changes nothing.
-- Only for low-volume facts (places, denominators); points are told apart by their own key.
CREATE TABLE geography.applied_events (
  district text NOT NULL,
  -- source and id
  event_key text NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, event_key)
);

CREATE TABLE geography.area_versions (
  district text NOT NULL,
  area_id text NOT NULL,
  parent_id text,
  level text NOT NULL CHECK (level IN ('district', 'ward', 'neighbourhood')),
  name text NOT NULL,
  name_english text,
  -- lower case without accents, for search; computed where the event is written
  name_plain text NOT NULL,
  code text,
  valid_from date NOT NULL,
  valid_until date NOT NULL DEFAULT 'infinity',
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  geom geometry(MultiPolygon, 4326),
  -- where a label sits best: centre of the largest circle inside
  label geometry(Point, 4326),
  area_km2 double precision,
  estimated boolean NOT NULL,
  repairs text[] NOT NULL DEFAULT '{}',
  source text,
  -- the event that gave the content
  event_id text NOT NULL,
  -- the event that made this row: the same, or a later revision that cut the content's validity short
  sequence bigint NOT NULL,
  PRIMARY KEY (district, area_id, sequence, valid_from)
);
CREATE INDEX area_versions_geom ON geography.area_versions USING gist (geom);
CREATE INDEX area_versions_current_geom ON geography.area_versions USING gist (geom) WHERE known_until = 'infinity';
CREATE INDEX area_versions_area ON geography.area_versions (district, area_id);
CREATE INDEX area_versions_parent ON geography.area_versions (district, parent_id);
CREATE INDEX area_versions_name ON geography.area_versions USING gin (name_plain gin_trgm_ops);

CREATE TABLE geography.population_versions (
  district text NOT NULL,
  area_id text NOT NULL,
  age_group text NOT NULL,
  people integer NOT NULL,
  valid_from date NOT NULL,
  known_at timestamptz NOT NULL,
  estimated boolean NOT NULL,
  source text,
  event_id text NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, area_id, age_group, valid_from, known_at, sequence)
);

-- What other services may read. -------------------------------------------------------------------------------------------------------------

CREATE VIEW geography.published_districts AS
  SELECT district, name, name_english, time_zone, clock, exercise, ST_X(centre) AS lon, ST_Y(centre) AS lat, zoom FROM geography.districts;

CREATE VIEW geography.published_areas AS
  SELECT district, area_id, parent_id, level, name, name_english, code, valid_from, valid_until, known_at, known_until, geom, area_km2, estimated
  FROM geography.area_versions;

-- Areas as known at a moment and valid on a day.
CREATE FUNCTION geography.areas_at(of_district text, as_of timestamptz, on_day date)
RETURNS TABLE (area_id text, parent_id text, level text, name text, geom geometry, area_km2 double precision) LANGUAGE sql STABLE AS $$
  SELECT area_id, parent_id, level, name, geom, area_km2 FROM geography.area_versions
  WHERE district = of_district AND known_at <= as_of AND known_until > as_of AND valid_from <= on_day AND valid_until > on_day
$$;

-- Each area with itself and everything above it: what sums to an area is what has it among its ancestors.
CREATE FUNCTION geography.ancestors_at(of_district text, as_of timestamptz, on_day date)
RETURNS TABLE (area_id text, ancestor_id text) LANGUAGE sql STABLE AS $$
  WITH RECURSIVE areas AS MATERIALIZED (SELECT area_id, parent_id FROM geography.areas_at(of_district, as_of, on_day)),
  path AS (
    SELECT area_id, area_id AS ancestor_id, parent_id FROM areas
    UNION ALL
    SELECT path.area_id, areas.area_id, areas.parent_id FROM path JOIN areas ON areas.area_id = path.parent_id
  )
  SELECT area_id, ancestor_id FROM path
$$;

-- The smallest area that holds a point on a day, as far as we know now; NULL outside all. A point on a shared border goes to the first by id.
CREATE FUNCTION geography.area_of_point(of_district text, point geometry, on_day date)
RETURNS text LANGUAGE sql STABLE AS $$
  SELECT area_id FROM geography.area_versions
  WHERE district = of_district AND known_until = 'infinity' AND valid_from <= on_day AND valid_until > on_day AND ST_Covers(geom, point)
  ORDER BY CASE level WHEN 'neighbourhood' THEN 0 WHEN 'ward' THEN 1 ELSE 2 END, area_id
  LIMIT 1
$$;

-- Denominators on a day, as known at a moment: the newest figure of each area.
CREATE FUNCTION geography.population_at(of_district text, of_age_group text, as_of timestamptz, on_day date)
RETURNS TABLE (area_id text, people integer, estimated boolean) LANGUAGE sql STABLE AS $$
  SELECT DISTINCT ON (area_id) area_id, people, estimated FROM geography.population_versions
  WHERE district = of_district AND age_group = of_age_group AND known_at <= as_of AND valid_from <= on_day
  ORDER BY area_id, valid_from DESC, known_at DESC, sequence DESC
$$;
