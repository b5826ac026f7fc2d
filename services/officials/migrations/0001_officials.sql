-- Who serves where: the newest word on each officer and on each shift.
CREATE TABLE officials.officers (
  district text NOT NULL,
  officer_id text NOT NULL,
  name text NOT NULL,
  unit text NOT NULL,
  -- duties, as permissions name them, and areas that are his
  roles jsonb NOT NULL,
  areas jsonb NOT NULL,
  -- the account by which he signs in, as the envelope of events names it
  account text,
  from_day date NOT NULL,
  until_day date,
  known_at timestamptz NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, officer_id)
);

-- Who is on call at an office that the hotline rings, over a half-open span.
CREATE TABLE officials.shifts (
  district text NOT NULL,
  shift_id text NOT NULL,
  target_id text NOT NULL,
  officer_id text NOT NULL,
  from_at timestamptz NOT NULL,
  until_at timestamptz NOT NULL,
  known_at timestamptz NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, shift_id)
);
CREATE INDEX shifts_by_officer ON officials.shifts (district, officer_id, from_at);

CREATE TABLE officials.directives (
  district text NOT NULL,
  directive_id text NOT NULL,
  -- the event's data, whole
  data jsonb NOT NULL,
  issued_at timestamptz NOT NULL,
  issued_by text,
  known_at timestamptz NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, directive_id)
);
-- What was said of a directive afterwards; it may be heard before it.
CREATE TABLE officials.directive_answers (
  district text NOT NULL,
  event_key text NOT NULL,
  directive_id text NOT NULL,
  type text NOT NULL,
  officer_id text,
  data jsonb NOT NULL,
  said_at timestamptz NOT NULL,
  said_by text,
  known_at timestamptz NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, event_key)
);
CREATE INDEX directive_answers_of ON officials.directive_answers (district, directive_id, sequence);

CREATE TABLE officials.disputes (
  district text NOT NULL,
  dispute_id text NOT NULL,
  officer_id text NOT NULL,
  formula text NOT NULL,
  row_id text NOT NULL,
  reason text NOT NULL,
  disputed_at timestamptz NOT NULL,
  disputed_by text,
  known_at timestamptz NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, dispute_id)
);
CREATE TABLE officials.dispute_decisions (
  district text NOT NULL,
  dispute_id text NOT NULL,
  accepted boolean NOT NULL,
  reason text NOT NULL,
  decided_at timestamptz NOT NULL,
  decided_by text,
  known_at timestamptz NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, dispute_id)
);

-- Last message on the subject of each: what a command, and what is due, expects.
CREATE TABLE officials.heads (
  district text NOT NULL,
  noun text NOT NULL,
  entity_id text NOT NULL,
  sequence bigint NOT NULL,
  PRIMARY KEY (district, noun, entity_id)
);

-- What is due of directives (services/clocks/).
CREATE TABLE officials.due_times (
  district text NOT NULL,
  entity_id text NOT NULL,
  rule text NOT NULL,
  sequence bigint NOT NULL,
  due_at timestamptz NOT NULL,
  type text NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (district, entity_id, rule, sequence)
);
CREATE INDEX due_times_in_order ON officials.due_times (district, due_at);
