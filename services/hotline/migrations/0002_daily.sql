-- Whether daily calls to patients are made. Not set: they are not.
CREATE TABLE hotline.rounds (
  district text PRIMARY KEY,
  enabled boolean NOT NULL,
  known_at timestamptz NOT NULL,
  sequence bigint NOT NULL
);
