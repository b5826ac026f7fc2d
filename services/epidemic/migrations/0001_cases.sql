-- One row for each state of a case that was ever known. Dates are of the district's own calendar.
CREATE TABLE epidemic.case_versions (
  district text NOT NULL,
  case_id text NOT NULL,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  area_id text,
  at geometry(Point, 4326),
  -- date of the event for every rolling figure: specimen, else confirmation
  event_date date NOT NULL,
  onset_date date,
  confirmed_date date NOT NULL,
  age_years smallint,
  sex text,
  exposure text NOT NULL,
  status text NOT NULL,
  status_since timestamptz NOT NULL,
  first_sequence bigint NOT NULL,
  sequence bigint NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (district, case_id, sequence)
);
-- The rows that count now; the one index that every live figure and list uses.
CREATE INDEX case_versions_current ON epidemic.case_versions (district, event_date, area_id) WHERE known_until = 'infinity';
-- Rows that were superseded, for asOf reads: few beside the current ones.
CREATE INDEX case_versions_superseded ON epidemic.case_versions (district, event_date) WHERE known_until < 'infinity';
CREATE INDEX case_versions_active ON epidemic.case_versions (district, area_id)
  WHERE known_until = 'infinity' AND status IN ('active', 'home-care', 'hospitalised', 'intensive-care');

-- Published counts: each revision is a row.
CREATE TABLE epidemic.count_versions (
  district text NOT NULL,
  area_id text NOT NULL,
  measure text NOT NULL,
  period_start date NOT NULL,
  period_end date NOT NULL,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  cases double precision,
  rate_per_100k double precision,
  population integer,
  suppressed boolean NOT NULL,
  definition text,
  note text,
  sequence bigint NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (district, area_id, measure, period_end, period_start, sequence)
);
CREATE INDEX count_versions_by_period ON epidemic.count_versions (district, measure, period_end);

-- Doses by person, the person being a pseudonym; one row per person and dose number.
CREATE TABLE epidemic.doses (
  district text NOT NULL,
  person_key text NOT NULL,
  dose_number smallint NOT NULL,
  dose_id text NOT NULL,
  area_id text NOT NULL,
  age_years smallint NOT NULL,
  administered_date date NOT NULL,
  completes_course boolean NOT NULL,
  product text,
  known_at timestamptz NOT NULL,
  sequence bigint NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (district, person_key, dose_number)
);
CREATE INDEX doses_by_area ON epidemic.doses (district, area_id, dose_number, administered_date);

CREATE TABLE epidemic.vaccination_versions (
  district text NOT NULL,
  area_id text NOT NULL,
  age_group text NOT NULL,
  as_of_date date NOT NULL,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  population integer,
  one_dose integer,
  full_course integer,
  additional_dose integer,
  note text,
  sequence bigint NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (district, area_id, age_group, as_of_date, sequence)
);

CREATE TABLE epidemic.capacity_versions (
  district text NOT NULL,
  facility_id text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  area_id text,
  at geometry(Point, 4326),
  beds_total integer NOT NULL,
  beds_occupied integer NOT NULL,
  intensive_care_total integer NOT NULL,
  intensive_care_occupied integer NOT NULL,
  oxygen_points integer,
  staff integer,
  reported_at timestamptz NOT NULL,
  known_at timestamptz NOT NULL,
  known_until timestamptz NOT NULL DEFAULT 'infinity',
  sequence bigint NOT NULL,
  event_id text NOT NULL,
  PRIMARY KEY (district, facility_id, sequence)
);

-- Newest event of each kind, as known: how fresh each feed is.
CREATE TABLE epidemic.feeds (
  district text NOT NULL,
  feed text NOT NULL,
  last_event_at timestamptz NOT NULL,
  last_recorded_at timestamptz NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, feed)
);

-- What other services may read. -------------------------------------------------------------------------------------------------------------
CREATE VIEW epidemic.published_cases AS
  SELECT district, case_id, known_at, known_until, area_id, at, event_date, onset_date, confirmed_date, age_years, exposure, status, first_sequence, sequence
  FROM epidemic.case_versions WHERE status <> 'not-a-case';
CREATE VIEW epidemic.published_counts AS SELECT * FROM epidemic.count_versions;
CREATE VIEW epidemic.published_doses AS
  SELECT district, area_id, age_years, dose_number, completes_course, administered_date, known_at FROM epidemic.doses;
CREATE VIEW epidemic.published_vaccination AS SELECT * FROM epidemic.vaccination_versions;
CREATE VIEW epidemic.published_capacity AS SELECT * FROM epidemic.capacity_versions;
