-- One chain of hashes for each journal. A journal is a stream and the moment at which it was opened: a district that was thrown away and opened again is another one.
-- A run begins when the damage of the one before was accepted by a person.
CREATE TABLE chain.runs (
  stream text NOT NULL,
  created text NOT NULL,
  run int NOT NULL,
  began_at timestamptz NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (stream, created, run)
);

-- Blocks of a run, by number. `missing`: [[from, through], …], sequences that the journal did not have when the block was sealed.
CREATE TABLE chain.blocks (
  stream text NOT NULL,
  created text NOT NULL,
  run int NOT NULL,
  number int NOT NULL,
  first bigint NOT NULL,
  last bigint NOT NULL,
  events int NOT NULL,
  missing jsonb NOT NULL,
  previous text NOT NULL,
  hash text NOT NULL,
  sealed_at timestamptz NOT NULL,
  PRIMARY KEY (stream, created, run, number)
);
