-- For what rows of persons are read: said once in a session, and of a token when it is made.
CREATE TABLE identity.session_purposes (
  session_id text PRIMARY KEY REFERENCES identity.session (id) ON DELETE CASCADE,
  purpose text NOT NULL,
  said_at timestamptz NOT NULL
);
ALTER TABLE identity.tokens ADD COLUMN purpose text;
