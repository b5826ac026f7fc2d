import { randomBytes } from 'node:crypto';
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import type { Grant } from '#contracts/access/principal.ts';
import type { PersonRole } from '#contracts/access/roles.ts';
import type { Database } from '#platform/database.ts';
import { hashOf } from './secret-text.ts';
import type { SignIn } from './sign-in.ts';
import { stepOfCode } from './time-code.ts';

const backupCodes = 10;
/** Letters and digits that nobody takes for one another (Crockford's base 32). */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

export interface FactorParts {
  database: Database;
  signIn: SignIn;
  now: () => Date;
}

/** How a session stands to the second factor. */
export interface FactorState {
  /** The account has codes of an application. */
  enrolled: boolean;
  /** More than a password was shown in this session. */
  proven: boolean;
  /** Roles that count only in a session of that kind. */
  required: ReadonlySet<string>;
}

export async function factorState(database: Database, userId: string, sessionId: string): Promise<FactorState> {
  const [{ rows }, required] = await Promise.all([
    database.query<{ enrolled: boolean; proven: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM second_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL) AS enrolled,
         EXISTS (SELECT 1 FROM proven_sessions WHERE session_id = $2) AS proven`,
      [userId, sessionId],
    ),
    requiredRoles(database),
  ]);
  return { ...rows[0]!, required: new Set(required) };
}

export async function isEnrolled(database: Database, userId: string): Promise<boolean> {
  const { rowCount } = await database.query(
    'SELECT FROM second_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL',
    [userId],
  );
  return rowCount === 1;
}

/** Whether a role counts in a session. Pure. An account that has a second factor does nothing without it; others do nothing by a role that needs one. */
export const roleCounts = ({ enrolled, proven, required }: FactorState, { role }: Pick<Grant, 'role'>): boolean =>
  proven || (!enrolled && !required.has(role));

/** Begins an enrolment, in place of one that was never confirmed. undefined: the account has a second factor. */
export async function beginFactor(parts: FactorParts, userId: string): Promise<string | undefined> {
  // 160 random bits. Source: RFC 4226, 4, R6.
  const secret = randomBytes(20).toString('base64url');
  const { rowCount } = await parts.database.query(
    `INSERT INTO second_factors (user_id, secret_encrypted, begun_at) VALUES ($1, $2, $3)
     ON CONFLICT (user_id) DO UPDATE SET secret_encrypted = excluded.secret_encrypted, begun_at = excluded.begun_at, last_step = 0
       WHERE second_factors.confirmed_at IS NULL`,
    [userId, await symmetricEncrypt({ key: await keyOf(parts.signIn), data: secret }), parts.now()],
  );
  return rowCount === 1 ? secret : undefined;
}

/** Ends an enrolment by a code of the application. @returns codes for who loses it, shown this once; undefined: the code is another one, or nothing was begun */
export async function confirmFactor(parts: FactorParts, userId: string, code: string): Promise<string[] | undefined> {
  if (!(await useTimeCode(parts, userId, code, 'IS NULL'))) return undefined;
  const codes = Array.from({ length: backupCodes }, newBackupCode);
  const { database } = parts;
  await database.query('DELETE FROM backup_codes WHERE user_id = $1', [userId]);
  await database.query('INSERT INTO backup_codes (user_id, code_hash) SELECT $1, unnest($2::text[])', [
    userId,
    codes.map((one) => hashOf(plain(one))),
  ]);
  await database.query('UPDATE second_factors SET confirmed_at = $2 WHERE user_id = $1', [userId, parts.now()]);
  return codes;
}

/** What a code proves; it is used up. undefined: it is none of the account's, or was used before. */
export async function useCode(
  parts: FactorParts,
  userId: string,
  code: string,
): Promise<'time-code' | 'backup-code' | undefined> {
  if (/^\d{6}$/.test(plain(code)))
    return (await useTimeCode(parts, userId, plain(code), 'IS NOT NULL')) ? 'time-code' : undefined;
  const { rowCount } = await parts.database.query(
    'UPDATE backup_codes SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL',
    [userId, hashOf(plain(code)), parts.now()],
  );
  return rowCount === 1 ? 'backup-code' : undefined;
}

/** Takes the second factor of an account away: application and backup codes. False: it had none. */
export async function removeFactor(database: Database, userId: string): Promise<boolean> {
  await database.query('DELETE FROM backup_codes WHERE user_id = $1', [userId]);
  const { rowCount } = await database.query('DELETE FROM second_factors WHERE user_id = $1', [userId]);
  return rowCount === 1;
}

export async function backupCodesLeft(database: Database, userId: string): Promise<number> {
  const { rows } = await database.query<{ left: number }>(
    'SELECT count(*)::int AS left FROM backup_codes WHERE user_id = $1 AND used_at IS NULL',
    [userId],
  );
  return rows[0]!.left;
}

/** Roles that count only with a second factor. */
export async function requiredRoles(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ role: string }>('SELECT role FROM factor_roles ORDER BY role');
  return rows.map(({ role }) => role);
}

/** From now on these, and no others, count only with a second factor. */
export async function requireFactorOf(
  database: Database,
  roles: readonly PersonRole[],
  { by, now }: { by: string; now: Date },
): Promise<void> {
  await database.query('DELETE FROM factor_roles WHERE NOT role = ANY ($1)', [roles]);
  await database.query(
    `INSERT INTO factor_roles (role, required_by, required_at) SELECT unnest($1::text[]), $2, $3 ON CONFLICT DO NOTHING`,
    [roles, by, now],
  );
}

/** Of two that come with the same code at once, one gets it. */
async function useTimeCode(
  { database, signIn, now }: FactorParts,
  userId: string,
  code: string,
  confirmed: 'IS NULL' | 'IS NOT NULL',
): Promise<boolean> {
  const { rows } = await database.query<{ encrypted: string; lastStep: string }>(
    `SELECT secret_encrypted AS encrypted, last_step AS "lastStep" FROM second_factors WHERE user_id = $1 AND confirmed_at ${confirmed}`,
    [userId],
  );
  if (!rows[0]) return false;
  const secret = await symmetricDecrypt({ key: await keyOf(signIn), data: rows[0].encrypted });
  const step = await stepOfCode(secret, code, { lastStep: Number(rows[0].lastStep), now: now().getTime() });
  if (step === undefined) return false;
  const { rowCount } = await database.query(
    'UPDATE second_factors SET last_step = $2 WHERE user_id = $1 AND last_step < $2',
    [userId, step],
  );
  return rowCount === 1;
}

const keyOf = async (signIn: SignIn): Promise<string> => `second factors ${(await signIn.$context).secret}`;

/** 80 random bits in groups of four. */
function newBackupCode(): string {
  const letters = [...randomBytes(16)].map((byte) => alphabet[byte % 32]).join('');
  return letters.match(/.{4}/g)!.join('-');
}

/** As it is kept: people type spaces, hyphens and capitals. */
const plain = (code: string): string => code.toLowerCase().replace(/[\s-]/g, '');
