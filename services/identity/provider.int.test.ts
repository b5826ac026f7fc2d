import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openProvider } from './provider.ts';
import type { ProviderSettings } from './provider-settings.ts';
import { openIdentity, type TestIdentity } from './testing/identity.ts';
import { type Otherwise, openOidcProvider, type TestOidcProvider } from './testing/oidc-provider.ts';

let away: TestOidcProvider;
let identity: TestIdentity;
let settings: ProviderSettings;
const noted: string[] = [];
const clock = () => identity?.clock.now.getTime() ?? Date.now();

beforeAll(async () => {
  away = await openOidcProvider(clock);
  settings = {
    name: 'Sở Y tế',
    issuer: away.issuer,
    clientId: away.clientId,
    clientSecret: away.clientSecret,
    scopes: ['openid', 'profile', 'email'],
    claim: 'groups',
    roles: [
      { value: 'epi-q7', role: 'epidemiologist', districts: ['q7'], areas: 'all' },
      { value: 'leaders', role: 'district-leader', districts: 'all', areas: 'all' },
    ],
    makesAccounts: false,
    strongMethods: ['mfa'],
  };
  identity = await openIdentity({
    provider: openProvider(settings, clock),
    noteProvider: (reason) => noted.push(reason),
  });
});
afterAll(async () => {
  away.close();
  await identity.close();
});
let number = 0;
beforeEach(() => {
  number++;
  noted.length = 0;
  settings.makesAccounts = false;
});

/** Each test comes from an address of its own: wrong ones lock it. */
const from = () => `10.7.0.${number}`;
const cookieOf = (answer: Response, name: string) =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0]!)
    .find((one) => one.startsWith(name) && !one.endsWith('='));
async function begin() {
  const answer = await identity.ask('POST', '/api/identity/sign-in/provider', {}, { from: from() });
  const { address } = (await answer.json()) as { address: string };
  return { address, browser: cookieOf(answer, 'vung-xanh.provider') };
}
async function comeBack(to: URL, browser: string | undefined) {
  const answer = await identity.ask('GET', `${to.pathname}${to.search}`, undefined, { cookie: browser, from: from() });
  const where = answer.headers.get('location') ?? '';
  return {
    status: answer.status,
    refused: new URLSearchParams(where.slice(2)).get('refused'),
    cookie: cookieOf(answer, 'vung-xanh.session'),
  };
}
async function signIn(person: Record<string, unknown>, otherwise: Otherwise = {}) {
  const { address, browser } = await begin();
  return comeBack(away.authorise(address, person, otherwise), browser);
}
const lan = (more: Record<string, unknown> = {}) => ({
  sub: `lan-${number}`,
  name: 'Lan',
  email: `lan-${number}@q7.vn`,
  email_verified: true,
  ...more,
});
const expectRefused = async (
  answer: Promise<{ status: number; refused: string | null; cookie: string | undefined }>,
  reason = 'provider',
) => expect(await answer).toEqual({ status: 303, refused: reason, cookie: undefined });

describe('who signs in at the provider', () => {
  test('is signed in here, with the roles that were given here and those that his claim stands for', async () => {
    const id = await identity.newcomer(`lan-${number}@q7.vn`, [{ role: 'analyst', districts: ['q7'] }]);
    const { status, refused, cookie } = await signIn(lan({ groups: ['epi-q7', 'unknown'] }));
    expect([status, refused]).toEqual([303, null]);
    expect((await identity.rolesOf(cookie!)).toSorted()).toEqual(['analyst', 'epidemiologist']);
    const me = await identity.read(identity.ask('GET', '/api/identity/me', undefined, { cookie }));
    expect(me).toMatchObject({ known: true, id });
    // Another group: one role comes, the other goes; what people gave stays.
    const second = await signIn(lan({ groups: 'leaders' }));
    expect((await identity.rolesOf(second.cookie!)).toSorted()).toEqual(['analyst', 'district-leader']);
    const third = await signIn(lan());
    expect(await identity.rolesOf(third.cookie!)).toEqual(['analyst']);
  });

  test('is known by his subject from then on, whatever his address is', async () => {
    const id = await identity.newcomer(`lan-${number}@q7.vn`);
    await signIn(lan());
    const { cookie } = await signIn(lan({ email: 'another@q7.vn', email_verified: false }));
    expect(await identity.read(identity.ask('GET', '/api/identity/me', undefined, { cookie }))).toMatchObject({ id });
    // His address at the provider is somebody else's now: that subject is not he.
    await expectRefused(signIn(lan({ sub: 'somebody-else' })), 'provider-no-account');
    expect(noted).toEqual(['another subject has the account']);
    await identity.ask('POST', `/api/identity/accounts/${id}/disable`, undefined, identity.admin);
    await expectRefused(signIn(lan()), 'provider-no-account');
  });

  test.each([[false], ['true'], [undefined]])(
    'is not taken for somebody by an address that is verified %j',
    async (verified) => {
      await identity.newcomer(`lan-${number}@q7.vn`, [{ role: 'administrator', districts: 'all' }]);
      await expectRefused(signIn(lan({ email_verified: verified })), 'provider-no-account');
      expect(noted).toEqual(['the mail address is not verified']);
    },
  );

  test('has no account unless one was made, or the provider makes them', async () => {
    await expectRefused(signIn(lan()), 'provider-no-account');
    settings.makesAccounts = true;
    await expectRefused(signIn(lan({ email_verified: false })), 'provider-no-account');
    const { cookie } = await signIn(lan({ groups: ['epi-q7'] }));
    expect(await identity.rolesOf(cookie!)).toEqual(['epidemiologist']);
  });

  test('needs the second factor of here, unless the provider says that it asked for one', async () => {
    settings.makesAccounts = true;
    await identity.ask('POST', '/api/identity/factor-policy', { roles: ['epidemiologist'] }, identity.admin);
    const plain = await signIn(lan({ groups: ['epi-q7'], amr: ['pwd'] }));
    expect(await identity.rolesOf(plain.cookie!)).toEqual([]);
    const strong = await signIn(lan({ groups: ['epi-q7'], amr: ['pwd', 'mfa'] }));
    expect(await identity.rolesOf(strong.cookie!)).toEqual(['epidemiologist']);
    await identity.ask('POST', '/api/identity/factor-policy', { roles: [] }, identity.admin);
  });
});

describe('nobody is signed in', () => {
  beforeEach(() => {
    settings.makesAccounts = true;
  });

  test.each<[string, Otherwise, string]>([
    ['another nonce', { claims: { nonce: 'another' } }, 'nonce'],
    ['no nonce', { claims: { nonce: undefined } }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['another audience', { claims: { aud: 'another' } }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['several audiences of which nobody asked', { claims: { aud: ['vung-xanh', 'another'] } }, 'azp'],
    ['a token that another asked for', { claims: { azp: 'another' } }, 'azp'],
    ['another issuer', { claims: { iss: 'https://evil.example' } }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['a token that has expired', { expiredSecondsAgo: 120 }, 'ERR_JWT_EXPIRED'],
    ['no expiry', { claims: { exp: undefined } }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['no subject', { claims: { sub: undefined } }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['a key of somebody else', { foreignKey: true }, 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED'],
    ['the secret as a key', { symmetric: true }, 'ERR_JOSE_ALG_NOT_ALLOWED'],
    ['no signature', { unsigned: true }, 'ERR_JOSE_ALG_NOT_ALLOWED'],
  ])('by %s', async (_, otherwise, reason) => {
    await expectRefused(signIn(lan(), otherwise));
    expect(noted).toEqual([reason]);
    // The same without it is: the refusal is of what was changed.
    expect((await signIn(lan())).refused).toBeNull();
  });

  test('by an answer that is sent a second time, or of another browser, or that nobody began, or too late', async () => {
    const { address, browser } = await begin();
    const back = away.authorise(address, lan());
    expect((await comeBack(back, browser)).refused).toBeNull();
    await expectRefused(comeBack(back, browser));
    expect(noted).toEqual(['state']);

    const mine = await begin();
    const foreign = await begin();
    await expectRefused(comeBack(away.authorise(mine.address, lan()), foreign.browser));
    await expectRefused(comeBack(away.authorise(foreign.address, lan()), undefined));
    const forged = away.authorise((await begin()).address, lan());
    forged.searchParams.set('state', 'x'.repeat(43));
    await expectRefused(comeBack(forged, browser));
    const late = await begin();
    const lateBack = away.authorise(late.address, lan());
    identity.clock.now = new Date(clock() + 11 * 60_000);
    await expectRefused(comeBack(lateBack, late.browser));
  });

  test('by a code that was used before, or one of another sign-in', async () => {
    const first = await begin();
    const back = away.authorise(first.address, lan());
    expect((await comeBack(back, first.browser)).refused).toBeNull();
    const second = await begin();
    const replayed = away.authorise(second.address, lan());
    replayed.searchParams.set('code', back.searchParams.get('code')!);
    await expectRefused(comeBack(replayed, second.browser));
    expect(noted).toEqual(['code: invalid_grant']);
    // A code that was begun elsewhere does not fit our verifier.
    const third = await begin();
    const other = away.authorise((await begin()).address, lan());
    const mixed = away.authorise(third.address, lan());
    mixed.searchParams.set('code', other.searchParams.get('code')!);
    await expectRefused(comeBack(mixed, third.browser));
  });

  test('by an answer that says it is of another issuer', async () => {
    const { address, browser } = await begin();
    const back = away.authorise(address, lan());
    back.searchParams.set('iss', 'https://evil.example');
    await expectRefused(comeBack(back, browser));
    expect(noted).toEqual(['another issuer answers']);
  });

  test('who changes his mind at the provider is told so', async () => {
    const { address, browser } = await begin();
    const back = away.authorise(address, lan());
    back.searchParams.delete('code');
    back.searchParams.set('error', 'access_denied');
    await expectRefused(comeBack(back, browser), 'provider-cancelled');
  });
});

test('a provider that calls itself by another name, or is away, is not used', async () => {
  const lying = openProvider(settings, () => Date.now());
  away.callItself('https://evil.example');
  await expect(lying.address({ verifier: 'v', nonce: 'n', redirectUri: 'http://localhost/' }, 's')).rejects.toThrow(
    'evil',
  );
  away.callItself(undefined);
  const gone = openProvider({ ...settings, issuer: 'http://127.0.0.1:1' }, () => Date.now());
  await expect(gone.address({ verifier: 'v', nonce: 'n', redirectUri: 'http://localhost/' }, 's')).rejects.toThrow();
});

test('the screen is told its name; without a provider there is none', async () => {
  expect(await identity.read(identity.ask('GET', '/api/identity/provider'))).toEqual({ name: 'Sở Y tế' });
});
