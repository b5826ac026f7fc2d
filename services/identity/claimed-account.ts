import type { Database } from '#platform/database.ts';
import { findAccount, type Person } from './accounts.ts';
import { giveGrant, readGrants, takeBackGrant } from './grants.ts';
import { makeUser } from './new-user.ts';
import { type Claimed, NotTaken } from './provider.ts';
import type { ProviderSettings } from './provider-settings.ts';
import type { SignIn } from './sign-in.ts';

export interface ClaimParts {
  database: Database;
  signIn: SignIn;
  now: () => Date;
  newId: () => string;
}

/** Under what an issuer's subjects are kept beside an account. */
const keptAs = (issuer: string): string => `oidc ${issuer}`;

/**
 * The account of who signed in at the provider, by its subject there. The first time it is linked by a mail address that the provider has verified, to an account that
 * has no other subject of it; an address that is not verified links nothing, and makes no account under it.
 *
 * @throws NotTaken there is none, and none is made
 */
export async function accountOfClaims(
  { database, signIn }: ClaimParts,
  settings: ProviderSettings,
  { subject, name, email, emailVerified }: Claimed,
): Promise<Person> {
  const { internalAdapter } = await signIn.$context;
  const providerId = keptAs(settings.issuer);
  const linked = await userOfSubject(database, providerId, subject);
  if (linked) return known(await findAccount(database, linked));
  if (email === undefined) throw new NotTaken('no mail address');
  if (!emailVerified) throw new NotTaken('the mail address is not verified');
  const found = await internalAdapter.findUserByEmail(email.toLowerCase(), { includeAccounts: true });
  if (found?.accounts.some((one) => one.providerId === providerId))
    throw new NotTaken('another subject has the account');
  if (!found && !settings.makesAccounts) throw new NotTaken('no account');
  const userId = found?.user.id ?? (await makeUser(signIn, { name: name ?? email, email }));
  await internalAdapter.linkAccount({ userId, providerId, accountId: subject });
  return known(await findAccount(database, userId));
}

const known = (person: Person | undefined): Person => {
  if (!person || person.disabledAt !== null) throw new NotTaken('the account is disabled');
  return person;
};

async function userOfSubject(database: Database, providerId: string, subject: string): Promise<string | undefined> {
  const { rows } = await database.query<{ userId: string }>(
    'SELECT "userId" FROM account WHERE "providerId" = $1 AND "accountId" = $2',
    [providerId, subject],
  );
  return rows[0]?.userId;
}

/** Gives the roles that the claim stands for, and takes back those that it stood for before. What was given here by people stays as it is. */
export async function giveClaimedRoles(
  { database, now, newId }: ClaimParts,
  { issuer, roles }: ProviderSettings,
  accountId: string,
  values: readonly string[],
): Promise<void> {
  const givenBy = `provider:${issuer}`;
  const wanted = new Map(
    roles
      .filter(({ value }) => values.includes(value))
      .map(({ role, districts, areas }) => [JSON.stringify([role, districts, areas]), { role, districts, areas }]),
  );
  const given = (await readGrants(database, accountId)).filter((grant) => grant.givenBy === givenBy);
  for (const { id, role, districts, areas } of given) {
    const key = JSON.stringify([role, districts, areas]);
    if (!wanted.delete(key)) await takeBackGrant(database, id, now());
  }
  for (const grant of wanted.values())
    await giveGrant(database, { id: newId(), accountId, givenBy, now: now() }, grant);
}
