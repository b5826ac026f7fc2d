-- Who looked at whom, and who changed what. Lines are only added, by audit.append, and each holds the hash of the one before.
CREATE TABLE audit.entries (
  sequence bigint PRIMARY KEY,
  content jsonb NOT NULL,
  -- SHA-256 of the hash before, the sequence and the content; of the first one 32 zero bytes stand before.
  hash bytea NOT NULL
);
CREATE INDEX ON audit.entries USING gin (content jsonb_path_ops);
CREATE INDEX ON audit.entries ((content ->> 'at'));

-- The last line: cutting off the end is seen by it.
CREATE TABLE audit.head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  sequence bigint NOT NULL,
  hash bytea NOT NULL
);
INSERT INTO audit.head (sequence, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

-- Adds lines in order, and says how far the ledger goes. It acts as the owner of the tables: who may call it may do nothing else to them.
CREATE FUNCTION audit.append(lines jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  at_sequence bigint;
  at_hash bytea;
  line jsonb;
BEGIN
  SELECT sequence, hash INTO at_sequence, at_hash FROM audit.head FOR UPDATE;
  FOR line IN SELECT value FROM jsonb_array_elements(lines) LOOP
    at_sequence := at_sequence + 1;
    at_hash := sha256(at_hash || convert_to(at_sequence || ' ' || line::text, 'UTF8'));
    INSERT INTO audit.entries (sequence, content, hash) VALUES (at_sequence, line, at_hash);
  END LOOP;
  UPDATE audit.head SET sequence = at_sequence, hash = at_hash;
  RETURN at_sequence;
END $$;
REVOKE ALL ON FUNCTION audit.append(jsonb) FROM PUBLIC;

-- Where one user does everything there are no rights that keep him from it: this does, until he takes it away on purpose.
CREATE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is only added to' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entries FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
