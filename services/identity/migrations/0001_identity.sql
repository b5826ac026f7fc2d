-- Accounts, sessions and proofs as better-auth keeps them: its own names of tables and columns.
CREATE TABLE identity."user" (
  id text PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL DEFAULT false,
  image text,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now(),
  -- Ours: from then on nobody signs in with it.
  disabled_at timestamptz
);
CREATE TABLE identity.session (
  id text PRIMARY KEY,
  token text NOT NULL UNIQUE,
  "userId" text NOT NULL REFERENCES identity."user" (id) ON DELETE CASCADE,
  "expiresAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON identity.session ("userId");
CREATE TABLE identity.account (
  id text PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES identity."user" (id) ON DELETE CASCADE,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now(),
  UNIQUE ("providerId", "accountId")
);
CREATE INDEX ON identity.account ("userId");
CREATE TABLE identity.verification (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON identity.verification (identifier);

-- Roles given to people: what each may do stands in contracts/access/permissions.ts.
CREATE TABLE identity.grants (
  id uuid PRIMARY KEY,
  user_id text NOT NULL REFERENCES identity."user" (id) ON DELETE CASCADE,
  role text NOT NULL,
  -- null: every district; every area of them.
  districts text[],
  areas text[],
  valid_from timestamptz,
  valid_until timestamptz,
  given_by text NOT NULL,
  given_at timestamptz NOT NULL,
  taken_back_at timestamptz
);
CREATE INDEX ON identity.grants (user_id);

-- One-time links: of the first administrator (no account yet), or of an account whose password is to be chosen. Only the hash is kept.
CREATE TABLE identity.invitations (
  code_hash text PRIMARY KEY,
  user_id text REFERENCES identity."user" (id) ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);

-- Tokens of feeds and integrations. Only the hash is kept.
CREATE TABLE identity.tokens (
  id uuid PRIMARY KEY,
  token_hash text NOT NULL UNIQUE,
  name text NOT NULL,
  role text NOT NULL,
  event_types text[],
  districts text[],
  areas text[],
  expires_at timestamptz NOT NULL,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- Failed tries to sign in, by the mail address that was tried and by the address that it came from.
CREATE TABLE identity.failed_tries (
  tried text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX ON identity.failed_tries (tried, at);
