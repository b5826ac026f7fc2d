-- What point tiles are made of: one slim row an entity, and counts of a grid where points crowd. Written by geography from the journal itself,
-- so a tile needs no other service and follows this schema's own commits.
CREATE TABLE geography.points (
  district text COLLATE "C" NOT NULL,
  -- cases, violations, businesses
  layer text COLLATE "C" NOT NULL,
  entity text COLLATE "C" NOT NULL,
  -- Web Mercator as whole steps from the north-west corner: the world is 2^31 wide, a step 2 cm. NULL: no place is known.
  x integer,
  y integer,
  -- Z-order of the 26 upper bits of x and y: what lies in one tile lies in one range
  z_order bigint,
  -- the local day, or (with a clock time) the instant, on which it happened
  day date,
  happened_at timestamptz,
  category smallint NOT NULL,
  status smallint NOT NULL,
  -- day from which the status holds, where an event brings it: an older one does not undo a newer one
  status_since date,
  first_sequence bigint NOT NULL,
  sequence bigint NOT NULL,
  -- digests of the changes that had their effect, so that one that comes again has none
  applied text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (district, layer, entity)
) WITH (fillfactor = 90);
CREATE INDEX points_in_order ON geography.points (district, layer, z_order) INCLUDE (category, status) WHERE z_order IS NOT NULL;

-- Standing entities (not dismissed, not merged, still a case) by cell of zoom 20, some 38 m, and by category. A cell without any has no row.
-- One column a category, because a row a category costs ten times the rows to read and to write.
CREATE TABLE geography.point_cells (
  district text COLLATE "C" NOT NULL,
  layer text COLLATE "C" NOT NULL,
  cell bigint NOT NULL,
  count_0 integer NOT NULL DEFAULT 0, count_1 integer NOT NULL DEFAULT 0, count_2 integer NOT NULL DEFAULT 0, count_3 integer NOT NULL DEFAULT 0, count_4 integer NOT NULL DEFAULT 0,
  count_5 integer NOT NULL DEFAULT 0, count_6 integer NOT NULL DEFAULT 0, count_7 integer NOT NULL DEFAULT 0, count_8 integer NOT NULL DEFAULT 0, count_9 integer NOT NULL DEFAULT 0,
  count_10 integer NOT NULL DEFAULT 0, count_11 integer NOT NULL DEFAULT 0,
  PRIMARY KEY (district, layer, cell)
) WITH (fillfactor = 60);
