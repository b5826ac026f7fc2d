import type { Principal } from '#contracts/access/principal.ts';
import { programmePrincipal } from '#contracts/access/product-permit.ts';
import type { Database } from '#platform/database.ts';
import { Problem } from '#platform/problem.ts';
import { findAccount } from './accounts.ts';
import { readGrants, withAreasBelow } from './grants.ts';
import { purposeOf } from './purposes.ts';
import { factorState, roleCounts } from './second-factor.ts';
import { hashOf } from './secret-text.ts';
import type { SignIn } from './sign-in.ts';
import { tokenPrincipal } from './tokens.ts';

export interface ResolveParts {
  database: Database;
  signIn: SignIn;
  now: () => Date;
  /** SHA-256 of the token of who owns the data folder; of the secrets of the product's programmes, by name. */
  operatorHash: string;
  programmeHashes: Readonly<Record<string, string>>;
}

const operator: Principal = {
  actor: { authtype: 'service_account', authid: 'operator' },
  known: true,
  grants: [{ role: 'operator', districts: 'all', areas: 'all' }],
};

/** The session of a cookie, and whose it is; undefined: there is none, or it is over. */
export async function sessionOf(
  { database, signIn }: Pick<ResolveParts, 'database' | 'signIn'>,
  cookie: string | undefined,
) {
  if (!cookie) return undefined;
  const found = await signIn.api.getSession({ headers: new Headers({ cookie }) });
  if (!found) return undefined;
  const person = await findAccount(database, found.user.id);
  return person && person.disabledAt === null ? { sessionId: found.session.id, person } : undefined;
}

/**
 * Who shows these: whose session the cookie is of, or whose token was sent. undefined: nobody.
 *
 * @throws Problem 401 when a token was sent that is nobody's, or no longer
 */
export async function resolvePrincipal(
  parts: ResolveParts,
  { cookie, authorization }: { cookie?: string | undefined; authorization?: string | undefined },
): Promise<Principal | undefined> {
  const { database, now } = parts;
  if (authorization !== undefined && /^bearer\b/i.test(authorization)) {
    const hash = hashOf(authorization.slice('bearer'.length).trim());
    // Hashes are compared: what a comparison's time tells is of no use to who would have to find a text with that hash.
    if (hash === parts.operatorHash) return operator;
    const programme = Object.entries(parts.programmeHashes).find(([, known]) => known === hash);
    if (programme) return programmePrincipal(programme[0]);
    const principal = await tokenPrincipal(database, hash, now());
    if (principal) return principal;
    throw new Problem(401, 'The token is nobody’s', {
      detail: 'It was never given, was revoked, or has expired.',
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    });
  }
  const session = await sessionOf(parts, cookie);
  if (!session) return undefined;
  const [grants, purpose, factor] = await Promise.all([
    readGrants(database, session.person.id),
    purposeOf(database, session.sessionId),
    factorState(database, session.person.id, session.sessionId),
  ]);
  return {
    purpose,
    actor: { authtype: 'user', authid: session.person.id },
    known: true,
    grants: await withAreasBelow(
      database,
      grants
        .filter((grant) => roleCounts(factor, grant))
        .map(({ role, districts, areas, from, until }) => ({
          role,
          districts,
          areas,
          ...(from ? { from } : {}),
          ...(until ? { until } : {}),
        })),
    ),
  };
}
