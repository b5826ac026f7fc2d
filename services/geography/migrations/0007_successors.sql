-- What an area that ended became: the areas that lie on its ground since, each with its share of it.
CREATE TABLE geography.area_successors (
  district text NOT NULL,
  area_id text NOT NULL,
  -- the first day on which the area is no more
  from_day date NOT NULL,
  successor_id text NOT NULL,
  share double precision NOT NULL CHECK (share > 0 AND share <= 1),
  known_at timestamptz NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, area_id, successor_id, sequence)
);

CREATE VIEW geography.published_successors AS
  SELECT district, area_id, from_day, successor_id, share, known_at FROM geography.area_successors;

-- Each area with itself and everything above it. An area that ended and lies (all but slivers, 95 %) in one that holds on the day counts there: what was
-- said of a ward before a merger is part of the merged ward's figures after it. What was divided counts in no part, but in the district.
CREATE OR REPLACE FUNCTION geography.ancestors_at(of_district text, as_of timestamptz, on_day date)
RETURNS TABLE (area_id text, ancestor_id text) LANGUAGE sql STABLE AS $$
  WITH RECURSIVE areas AS MATERIALIZED (SELECT area_id, parent_id FROM geography.areas_at(of_district, as_of, on_day)),
  path AS (
    SELECT area_id, area_id AS ancestor_id, parent_id FROM areas
    UNION ALL
    SELECT path.area_id, areas.area_id, areas.parent_id FROM path JOIN areas ON areas.area_id = path.parent_id
  ),
  whole AS MATERIALIZED (
    SELECT area_id, successor_id FROM geography.published_successors
    WHERE district = of_district AND known_at <= as_of AND from_day <= on_day AND share >= 0.95
  ),
  heir AS (
    SELECT area_id, successor_id FROM whole
    UNION
    SELECT heir.area_id, whole.successor_id FROM heir JOIN whole ON whole.area_id = heir.successor_id
  )
  SELECT area_id, ancestor_id FROM path
  UNION
  SELECT heir.area_id, path.ancestor_id FROM heir JOIN path ON path.area_id = heir.successor_id
  WHERE heir.area_id NOT IN (SELECT area_id FROM areas)
$$;
