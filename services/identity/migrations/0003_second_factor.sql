-- Codes of an authenticator application (RFC 6238). The secret is encrypted with the key that signs the sessions, which is not in the database.
CREATE TABLE identity.second_factors (
  user_id text PRIMARY KEY REFERENCES identity."user" (id) ON DELETE CASCADE,
  secret_encrypted text NOT NULL,
  begun_at timestamptz NOT NULL,
  -- null: enrolment was begun, and no code of it was shown yet.
  confirmed_at timestamptz,
  -- Time step of the last code that was taken: none is taken twice.
  last_step bigint NOT NULL DEFAULT 0
);
-- Each good once, for who lost the application. Only the hash is kept.
CREATE TABLE identity.backup_codes (
  user_id text NOT NULL REFERENCES identity."user" (id) ON DELETE CASCADE,
  code_hash text NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (user_id, code_hash)
);
-- Sessions in which more than a password was shown, and what.
CREATE TABLE identity.proven_sessions (
  session_id text PRIMARY KEY REFERENCES identity.session (id) ON DELETE CASCADE,
  by text NOT NULL,
  proven_at timestamptz NOT NULL
);
-- Roles that count only in such a session: policy of the administrator.
CREATE TABLE identity.factor_roles (
  role text PRIMARY KEY,
  required_by text NOT NULL,
  required_at timestamptz NOT NULL
);
-- Public keys that a device holds the other half of (WebAuthn).
CREATE TABLE identity.passkeys (
  -- As the device names it, base64url.
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES identity."user" (id) ON DELETE CASCADE,
  name text NOT NULL,
  -- SubjectPublicKeyInfo, DER; the algorithm is a COSE number.
  public_key bytea NOT NULL,
  algorithm int NOT NULL,
  sign_count bigint NOT NULL,
  made_at timestamptz NOT NULL,
  last_used_at timestamptz
);
CREATE INDEX ON identity.passkeys (user_id);
-- Random texts that were given out to be signed or sent back, each good once. Only the hash is kept.
CREATE TABLE identity.challenges (
  challenge_hash text PRIMARY KEY,
  purpose text NOT NULL,
  -- null: it is not known yet who will answer it.
  user_id text REFERENCES identity."user" (id) ON DELETE CASCADE,
  -- What has to be known again when the answer comes.
  kept jsonb,
  expires_at timestamptz NOT NULL
);
