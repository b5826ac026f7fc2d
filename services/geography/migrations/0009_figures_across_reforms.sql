-- A share that nobody published is not known: null.
ALTER TABLE geography.area_successors ALTER COLUMN share DROP NOT NULL;
-- Where a statement stands among those of its area (district/statement-order.ts); rows of before stand below all that is said later.
ALTER TABLE geography.population_versions ADD COLUMN statement_order text NOT NULL DEFAULT '';

CREATE OR REPLACE VIEW geography.published_population AS
  SELECT district, area_id, age_group, people, valid_from, known_at, estimated, source, sequence, statement_order FROM geography.population_versions;

-- Of areas: on whose ground they lie, of the same level, with the share of that older area's ground; null: nobody published it. Slivers (under 5 %) are left out.
-- `was_there`: the id is older than the change.
CREATE VIEW geography.published_predecessors AS
  SELECT s.district, s.successor_id AS area_id, s.area_id AS predecessor_id, s.from_day, s.share, s.known_at,
    EXISTS (SELECT FROM geography.area_versions a WHERE a.district = s.district AND a.area_id = s.successor_id AND a.known_until = 'infinity'
      AND a.valid_from < s.from_day) AS was_there
  FROM geography.area_successors s
  WHERE (s.share IS NULL OR s.share >= 0.05) AND s.area_id <> s.successor_id
    AND EXISTS (SELECT FROM geography.area_versions old JOIN geography.area_versions new ON new.district = old.district AND new.level = old.level
      WHERE old.district = s.district AND old.area_id = s.area_id AND new.area_id = s.successor_id);

-- People of each area on a day: what was said of the area since its borders are what they are, else the sum over the areas that it was made of, where each of them is
-- whole in it and has people of just this group. What was made of parts of areas has no sum: nobody knows how many people live in a part.
-- As before (0008), where nobody published the people of all ages, groups that are every age once are the denominator.
CREATE OR REPLACE FUNCTION geography.population_at(of_district text, of_age_group text, as_of timestamptz, on_day date)
RETURNS TABLE (area_id text, people integer, estimated boolean) LANGUAGE sql STABLE AS $$
  WITH RECURSIVE said AS MATERIALIZED (
    SELECT DISTINCT ON (area_id, age_group) area_id, age_group, people, estimated, valid_from FROM geography.published_population
    WHERE district = of_district AND (age_group = of_age_group OR of_age_group = 'all') AND known_at <= as_of AND valid_from <= on_day
    ORDER BY area_id, age_group, valid_from DESC, statement_order DESC, known_at DESC, sequence DESC
  ),
  before AS MATERIALIZED (
    SELECT DISTINCT ON (area_id, predecessor_id) area_id, predecessor_id, from_day, share, was_there FROM geography.published_predecessors
    WHERE district = of_district AND known_at <= as_of AND from_day <= on_day
    ORDER BY area_id, predecessor_id, from_day DESC, known_at DESC
  ),
  -- An id that was there before has other borders since; what is said of a new id is of its own borders, whatever its day.
  changed AS MATERIALIZED (SELECT area_id, max(from_day) AS from_day, bool_or(was_there) AS was_there FROM before GROUP BY area_id),
  fresh AS MATERIALIZED (
    SELECT said.* FROM said LEFT JOIN changed USING (area_id) WHERE changed.from_day IS NULL OR NOT was_there OR said.valid_from >= changed.from_day
  ),
  wholes AS (
    SELECT changed.area_id AS whole, g.age_group, changed.area_id AS part FROM changed CROSS JOIN (SELECT DISTINCT age_group FROM said) AS g
    WHERE NOT EXISTS (SELECT FROM fresh f WHERE f.area_id = changed.area_id AND f.age_group = g.age_group)
    UNION
    SELECT wholes.whole, wholes.age_group, before.predecessor_id FROM wholes JOIN before ON before.area_id = wholes.part
    WHERE NOT EXISTS (SELECT FROM fresh f WHERE f.area_id = wholes.part AND f.age_group = wholes.age_group)
  ),
  newest AS MATERIALIZED (
    SELECT area_id, age_group, people, estimated FROM fresh
    UNION ALL
    SELECT whole, wholes.age_group, sum(said.people)::integer, bool_or(said.estimated)
    FROM wholes LEFT JOIN said ON said.area_id = wholes.part AND said.age_group = wholes.age_group
      LEFT JOIN fresh ON fresh.area_id = wholes.part AND fresh.age_group = wholes.age_group
      LEFT JOIN changed ON changed.area_id = wholes.part
    GROUP BY whole, wholes.age_group
    HAVING bool_and(
      -- It has people of its own, or is made of areas that are wholly in it; what was there before needs its own too.
      CASE WHEN fresh.people IS NOT NULL THEN true WHEN changed.area_id IS NULL OR (changed.was_there AND said.people IS NULL) THEN false
        ELSE NOT EXISTS (SELECT FROM before b WHERE b.area_id = wholes.part AND (b.share IS NULL OR b.share < 0.95)) END)
  ),
  parts AS (
    SELECT area_id, people, estimated,
      split_part(rtrim(age_group, '+'), '-', 1)::integer AS from_age,
      -- Nobody is older than a hundred years: "65-120" is open too.
      CASE WHEN coalesce(nullif(split_part(age_group, '-', 2), '')::integer, 100) < 100 THEN split_part(age_group, '-', 2)::integer END AS to_age
    FROM newest
    WHERE of_age_group = 'all' AND age_group ~ '^\d+(\+|-\d+)$' AND area_id NOT IN (SELECT area_id FROM newest WHERE age_group = 'all')
  ),
  sets AS (
    SELECT area_id, to_age, people, estimated, 1 AS size FROM parts WHERE from_age = 0
    UNION ALL
    SELECT parts.area_id, parts.to_age, sets.people + parts.people, sets.estimated OR parts.estimated, size + 1
    FROM sets JOIN parts ON parts.area_id = sets.area_id AND parts.from_age = sets.to_age + 1 AND (parts.to_age IS NULL OR parts.to_age >= parts.from_age)
  )
  SELECT area_id, people, estimated FROM newest WHERE age_group = of_age_group
  UNION ALL
  (SELECT DISTINCT ON (area_id) area_id, people, estimated FROM sets WHERE to_age IS NULL ORDER BY area_id, size)
$$;
