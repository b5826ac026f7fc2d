-- What the register says of a business, one row for each state that was ever known.
CREATE TABLE economy.business_versions (
  district text NOT NULL,
  business_id text NOT NULL,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  -- false: a change of status came before any registration
  registered boolean NOT NULL,
  name text,
  form text NOT NULL,
  sector text,
  registered_date date,
  employees integer,
  address text,
  stated_area_id text,
  area_id text,
  at geometry(Point, 4326),
  first_sequence bigint NOT NULL,
  sequence bigint NOT NULL,
  event_key text NOT NULL,
  PRIMARY KEY (district, business_id, sequence)
);
CREATE UNIQUE INDEX business_versions_current ON economy.business_versions (district, business_id) WHERE known_until = 'infinity';
CREATE INDEX business_versions_at ON economy.business_versions USING gist (at) WHERE known_until = 'infinity';
CREATE INDEX business_versions_known ON economy.business_versions (district, known_at);

-- Status over time, with both axes: from_day ≤ day < until_day on the ground, known_* in the centre's knowledge.
CREATE TABLE economy.status_spans (
  district text NOT NULL,
  business_id text NOT NULL,
  from_day date NOT NULL,
  until_day date NOT NULL,
  status text NOT NULL,
  -- last day of the licence term in force, if one was stated; that it ends is not proof of closing
  licensed_until date,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  -- the event that made the span so
  sequence bigint NOT NULL,
  PRIMARY KEY (district, business_id, sequence, from_day)
);
CREATE INDEX status_spans_current ON economy.status_spans (district, business_id) WHERE known_until = 'infinity';

-- Every event as it came: history, source of the spans, and proof that a fact that is sent again is the same fact.
CREATE TABLE economy.business_events (
  district text NOT NULL,
  event_key text NOT NULL,
  business_id text NOT NULL,
  sequence bigint NOT NULL,
  type text NOT NULL,
  known_at timestamptz NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (district, event_key)
);
CREATE INDEX business_events_history ON economy.business_events (district, business_id, sequence);

-- Last message on each business's subject: what a command expects.
CREATE TABLE economy.business_heads (
  district text NOT NULL,
  business_id text NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, business_id)
);

-- Values of series; a later event for the same period revises it. area_id '' is the whole district.
CREATE TABLE economy.indicator_versions (
  district text NOT NULL,
  series text NOT NULL CHECK (series IN ('indicator', 'revenue')),
  indicator_id text NOT NULL,
  area_id text NOT NULL,
  period_start date NOT NULL,
  period_end date NOT NULL,
  value double precision NOT NULL,
  unit text NOT NULL,
  name text,
  source text NOT NULL,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  sequence bigint NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (district, series, indicator_id, area_id, period_start, period_end, sequence)
);

-- What other services may read. -------------------------------------------------------------------------------------------------------------
CREATE VIEW economy.published_businesses AS
  SELECT district, business_id, known_at, known_until, name, form, sector, registered_date, employees, area_id, at, first_sequence, sequence
  FROM economy.business_versions;

CREATE VIEW economy.published_business_status AS
  SELECT district, business_id, from_day, until_day, status, licensed_until, status IN ('open', 'restricted') AS active, known_at, known_until
  FROM economy.status_spans;

-- Active businesses by the area of each (not of what lies above it) and day, as known at a moment; days without any are left out.
CREATE FUNCTION economy.active_daily(of_district text, as_of timestamptz, from_date date, to_date date)
RETURNS TABLE (area_id text, day date, active bigint) LANGUAGE sql STABLE AS $$
  WITH active AS (
    SELECT b.area_id, s.from_day, s.until_day FROM economy.status_spans s
    JOIN economy.business_versions b ON b.district = s.district AND b.business_id = s.business_id AND b.known_at <= as_of AND b.known_until > as_of
    WHERE s.district = of_district AND s.known_at <= as_of AND s.known_until > as_of AND s.status IN ('open', 'restricted')
  ), changes AS (
    SELECT area_id, GREATEST(from_day, from_date) AS day, count(*) AS change FROM active WHERE from_day <= to_date AND until_day > from_date GROUP BY 1, 2
    UNION ALL
    SELECT area_id, until_day, -count(*) FROM active WHERE until_day > from_date AND until_day <= to_date AND from_day <= to_date GROUP BY 1, 2
  ), daily AS (
    SELECT areas.area_id, days.day::date AS day, COALESCE(sum(c.change), 0) AS change
    FROM (SELECT DISTINCT area_id FROM changes) areas CROSS JOIN generate_series(from_date, to_date, interval '1 day') AS days(day)
    LEFT JOIN changes c ON c.area_id IS NOT DISTINCT FROM areas.area_id AND c.day = days.day::date GROUP BY 1, 2
  ), summed AS (SELECT area_id, day, sum(change) OVER (PARTITION BY area_id ORDER BY day)::bigint AS active FROM daily)
  SELECT area_id, day, active FROM summed WHERE active > 0
$$;

-- The same as known now, from the first change of status to the last.
CREATE VIEW economy.published_active_daily AS
  SELECT d.district, a.area_id, a.day, a.active
  FROM (
    SELECT district, min(from_day) AS first_day, max(CASE WHEN until_day = 'infinity' THEN from_day ELSE until_day END) AS last_day
    FROM economy.status_spans WHERE known_until = 'infinity' GROUP BY district
  ) d CROSS JOIN LATERAL economy.active_daily(d.district, now(), d.first_day, d.last_day) a;

CREATE VIEW economy.published_indicators AS
  SELECT district, series, indicator_id, NULLIF(area_id, '') AS area_id, period_start, period_end, value, unit, name, source, known_at, known_until
  FROM economy.indicator_versions;
