import { base32 } from '@better-auth/utils/base32';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountRow, Me } from '#contracts/http/identity.ts';
import type { CreationOptions, PasskeyRow, RequestOptions } from '#contracts/http/passkeys.ts';
import type { FactorBegun, OwnFactor } from '#contracts/http/second-factor.ts';
import { device, type Says } from './testing/device.ts';
import { openIdentity, password, publicUrl, type TestIdentity } from './testing/identity.ts';
import { codeOfStep, stepAt } from './time-code.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await openIdentity();
});
afterAll(() => identity.close());

const ask: TestIdentity['ask'] = (...args) => identity.ask(...args);
/** A code that was not used yet: time goes on to the next step. */
async function nextCode(secret: string): Promise<string> {
  identity.clock.now = new Date(identity.clock.now.getTime() + 30_000);
  return codeOfStep(secret, stepAt(identity.clock.now.getTime()));
}
/** An account with an application. */
async function enrolled(email: string, grants: unknown[] = []) {
  const id = await identity.newcomer(email, grants);
  const { cookie } = await identity.enter(email);
  const begun = await identity.read<FactorBegun>(ask('POST', '/api/identity/second-factor', { password }, { cookie }));
  const secret = new TextDecoder().decode(base32.decode(begun.secret));
  const confirmed = await ask(
    'POST',
    '/api/identity/second-factor/confirm',
    { code: await nextCode(secret) },
    { cookie },
  );
  expect(confirmed.status).toBe(201);
  const { codes } = (await confirmed.json()) as { codes: string[] };
  return { id, cookie, secret, codes };
}
const ownFactor = (cookie: string) =>
  identity.read<OwnFactor>(ask('GET', '/api/identity/second-factor', undefined, { cookie }));
const meOf = (cookie: string) => identity.read<Me>(ask('GET', '/api/identity/me', undefined, { cookie }));
const epidemiologist = { role: 'epidemiologist', districts: ['q7'] };

describe('an authenticator application', () => {
  test('is enrolled with the password and a code of it; other sessions end', async () => {
    await identity.newcomer('a@q7.vn', [epidemiologist]);
    const [one, other] = [await identity.enter('a@q7.vn'), await identity.enter('a@q7.vn')];
    const begin = (typed: string) =>
      ask('POST', '/api/identity/second-factor', { password: typed }, { cookie: one.cookie });
    expect((await begin('another one entirely')).status).toBe(403);
    const begun = (await (await begin(password)).json()) as FactorBegun;
    expect(begun.address).toContain(`secret=${begun.secret}`);
    // Nothing is asked before a code was shown.
    expect((await identity.enter('a@q7.vn')).status).toBe(204);
    const confirm = (code: string) =>
      ask('POST', '/api/identity/second-factor/confirm', { code }, { cookie: one.cookie });
    expect((await confirm('000000')).status).toBe(403);
    const secret = new TextDecoder().decode(base32.decode(begun.secret));
    expect((await confirm(await nextCode(secret))).status).toBe(201);
    expect(await ownFactor(one.cookie)).toEqual({
      enrolled: true,
      proven: true,
      withheld: [],
      backupCodesLeft: 10,
      passkeys: 0,
    });
    expect(await identity.rolesOf(one.cookie)).toEqual(['epidemiologist']);
    expect(await identity.rolesOf(other.cookie)).toEqual([]);
    expect((await begin(password)).status).toBe(409);
    const { rows } = await identity.database.query('SELECT * FROM second_factors');
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  test('its code is asked at sign-in, is good once, and a wrong one counts as a wrong password does', async () => {
    const { secret } = await enrolled('b@q7.vn', [epidemiologist]);
    const without = await identity.enter('b@q7.vn');
    expect([without.status, without.body.code, without.cookie]).toEqual([401, 'second-factor-required', '']);
    const code = await nextCode(secret);
    expect((await identity.enter('b@q7.vn', code, 'a wrong password', '10.9.0.1')).body.code).toBeUndefined();
    const right = await identity.enter('b@q7.vn', code);
    expect(right.status).toBe(204);
    expect(await identity.rolesOf(right.cookie)).toEqual(['epidemiologist']);
    const again = await identity.enter('b@q7.vn', code, password, '10.9.0.1');
    expect([again.status, again.body.code]).toEqual([401, 'second-factor-wrong']);
    for (let wrong = 1; wrong < 5; wrong++)
      expect((await identity.enter('b@q7.vn', '000000', password, '10.9.0.1')).status).toBe(401);
    expect((await identity.enter('b@q7.vn', await nextCode(secret))).status).toBe(429);
  });

  test('of two who come with one code at once, one gets in', async () => {
    const { secret } = await enrolled('two@q7.vn');
    const code = await nextCode(secret);
    const both = await Promise.all([identity.enter('two@q7.vn', code), identity.enter('two@q7.vn', code)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([204, 401]);
  });

  test('a backup code gets in once, however it is typed', async () => {
    const { codes } = await enrolled('c@q7.vn');
    expect(codes.length).toBe(10);
    expect((await identity.enter('c@q7.vn', codes[0]!.toUpperCase().replaceAll('-', ' '))).status).toBe(204);
    expect((await identity.enter('c@q7.vn', codes[0])).status).toBe(401);
    const { cookie } = await identity.enter('c@q7.vn', codes[1]);
    expect((await ownFactor(cookie)).backupCodesLeft).toBe(8);
    const { rows } = await identity.database.query('SELECT * FROM backup_codes');
    expect(JSON.stringify(rows)).not.toContain(codes[2]!.replaceAll('-', ''));
  });

  test('is taken away by who shows a code of it', async () => {
    const { cookie, secret } = await enrolled('d@q7.vn');
    const remove = (code: string) => ask('POST', '/api/identity/second-factor/remove', { code }, { cookie });
    expect((await remove('000000')).status).toBe(403);
    expect((await remove(await nextCode(secret))).status).toBe(204);
    expect((await identity.enter('d@q7.vn')).status).toBe(204);
  });

  test('an administrator takes it away from who lost it, and its sessions end; nobody else does', async () => {
    const { id, cookie } = await enrolled('lost@q7.vn', [epidemiologist]);
    const reset = (shown: Parameters<TestIdentity['ask']>[3]) =>
      ask('DELETE', `/api/identity/accounts/${id}/second-factor`, undefined, shown);
    expect((await reset({ cookie })).status).toBe(403);
    const row = async () =>
      (await identity.read<AccountRow[]>(ask('GET', '/api/identity/accounts', undefined, identity.admin))).find(
        (one) => one.id === id,
      )!;
    expect((await row()).hasSecondFactor).toBe(true);
    expect((await reset(identity.admin)).status).toBe(204);
    expect((await row()).hasSecondFactor).toBe(false);
    expect(await identity.rolesOf(cookie)).toEqual([]);
    expect((await reset(identity.admin)).status).toBe(404);
    expect((await identity.enter('lost@q7.vn')).status).toBe(204);
  });
});

describe('a role that needs a second factor', () => {
  const require = (roles: string[], shown = identity.admin) =>
    ask('POST', '/api/identity/factor-policy', { roles }, shown);

  test('counts only where more than a password was shown; others count on', async () => {
    await identity.newcomer('e@q7.vn', [epidemiologist, { role: 'analyst', districts: ['q7'] }]);
    const { cookie } = await identity.enter('e@q7.vn');
    expect((await require(['epidemiologist'], { cookie })).status).toBe(403);
    expect((await require(['epidemiologist'])).status).toBe(204);
    expect(await identity.read(ask('GET', '/api/identity/factor-policy', undefined, identity.admin))).toEqual({
      roles: ['epidemiologist'],
    });
    expect(await identity.rolesOf(cookie)).toEqual(['analyst']);
    expect(await meOf(cookie)).toMatchObject({ needsFactor: true });
    expect(await ownFactor(cookie)).toMatchObject({ withheld: ['epidemiologist'] });
    const begun = await identity.read<FactorBegun>(
      ask('POST', '/api/identity/second-factor', { password }, { cookie }),
    );
    const secret = new TextDecoder().decode(base32.decode(begun.secret));
    await ask('POST', '/api/identity/second-factor/confirm', { code: await nextCode(secret) }, { cookie });
    expect((await identity.rolesOf(cookie)).toSorted()).toEqual(['analyst', 'epidemiologist']);
    expect(await meOf(cookie)).toMatchObject({ needsFactor: false });
    expect((await require([])).status).toBe(204);
    expect(await identity.read(ask('GET', '/api/identity/factor-policy', undefined, identity.admin))).toEqual({
      roles: [],
    });
  });

  test('a session that was there before the policy loses the role at once, and the administrator too', async () => {
    await identity.newcomer('f@q7.vn', [{ role: 'administrator', districts: 'all' }]);
    const { cookie } = await identity.enter('f@q7.vn');
    expect((await ask('GET', '/api/identity/accounts', undefined, { cookie })).status).toBe(200);
    await require(['administrator']);
    expect((await ask('GET', '/api/identity/accounts', undefined, { cookie })).status).toBe(403);
    await require([]);
  });
});

describe('a passkey', () => {
  const options = async (cookie: string) =>
    identity.read<CreationOptions>(ask('POST', '/api/identity/passkeys/options', { password }, { cookie }));
  const keep = (made: object, cookie: string) =>
    ask('POST', '/api/identity/passkeys', { ...made, name: 'Điện thoại' }, { cookie });
  const challenge = async () =>
    (await identity.read<RequestOptions>(ask('POST', '/api/identity/sign-in/passkey/options'))).challenge;
  const signIn = (answer: object, from = '10.8.0.1') => ask('POST', '/api/identity/sign-in/passkey', answer, { from });
  const cookieOf = (answer: Response) => answer.headers.getSetCookie().join('; ').split(';')[0]!;
  async function withPasskey(email: string) {
    const id = await identity.newcomer(email, [epidemiologist]);
    const { cookie } = await identity.enter(email);
    const phone = device(publicUrl);
    expect((await keep(phone.register((await options(cookie)).challenge), cookie)).status).toBe(201);
    return { id, cookie, phone };
  }

  test('is made with the password, signs in without one, is listed, and is taken away', async () => {
    const { id, cookie, phone } = await withPasskey('g@q7.vn');
    const answer = await signIn(phone.answer(await challenge()));
    expect(answer.status).toBe(204);
    const session = cookieOf(answer);
    expect(await meOf(session)).toMatchObject({ known: true, id });
    expect(await ownFactor(session)).toMatchObject({ proven: true, enrolled: false, passkeys: 1 });
    const list = () => identity.read<PasskeyRow[]>(ask('GET', '/api/identity/passkeys', undefined, { cookie }));
    expect(await list()).toMatchObject([
      { id: phone.id, name: 'Điện thoại', lastUsedAt: identity.clock.now.toISOString() },
    ]);
    const remove = (whose: string) => ask('DELETE', `/api/identity/passkeys/${phone.id}`, undefined, { cookie: whose });
    await identity.newcomer('stranger@q7.vn');
    expect((await remove((await identity.enter('stranger@q7.vn')).cookie)).status).toBe(404);
    expect((await remove(cookie)).status).toBe(204);
    expect(await list()).toEqual([]);
    expect((await signIn(phone.answer(await challenge()))).status).toBe(401);
  });

  test('is not made without the password, for somebody else’s question, twice, or before the second factor was shown', async () => {
    await identity.newcomer('h@q7.vn');
    await identity.newcomer('i@q7.vn');
    const [h, i] = [await identity.enter('h@q7.vn'), await identity.enter('i@q7.vn')];
    expect(
      (await ask('POST', '/api/identity/passkeys/options', { password: 'another one' }, { cookie: h.cookie })).status,
    ).toBe(403);
    expect((await ask('POST', '/api/identity/passkeys/options', {})).status).toBe(401);
    const phone = device(publicUrl);
    expect((await keep(phone.register((await options(h.cookie)).challenge), i.cookie)).status).toBe(422);
    expect((await keep(phone.register('never given out'), h.cookie)).status).toBe(422);
    const made = phone.register((await options(h.cookie)).challenge);
    expect((await keep(made, h.cookie)).status).toBe(201);
    expect((await keep(made, h.cookie)).status).toBe(422);
    expect((await keep(phone.register((await options(i.cookie)).challenge), i.cookie)).status).toBe(409);
    expect((await options(h.cookie)).excludeCredentials).toEqual([{ type: 'public-key', id: phone.id }]);
    const late = (await options(h.cookie)).challenge;
    identity.clock.now = new Date(identity.clock.now.getTime() + 11 * 60_000);
    expect((await keep(device(publicUrl).register(late), h.cookie)).status).toBe(422);
  });

  test.each<[string, Says]>([
    ['of another page', { origin: 'http://evil.example' }],
    ['for another name', { relyingParty: 'evil.example' }],
    ['without a check of who is there', { flags: 0x01 }],
  ])('an answer %s signs nobody in', async (what, says) => {
    const { phone } = await withPasskey(`${what.length}@passkeys.vn`);
    expect((await signIn(phone.answer(await challenge(), says), '10.8.0.2')).status).toBe(401);
  });

  test('an answer is good once, and for no question that was not asked here', async () => {
    const { id, phone } = await withPasskey('j@q7.vn');
    const answer = phone.answer(await challenge());
    expect((await signIn(answer)).status).toBe(204);
    expect((await signIn(answer)).status).toBe(401);
    expect((await signIn(phone.answer('never given out'))).status).toBe(401);
    expect((await signIn({ ...phone.answer(await challenge()), id: device(publicUrl).id })).status).toBe(401);
    const fits = phone.answer(await challenge());
    const userHandle = Buffer.from('somebody else').toString('base64url');
    expect((await signIn({ ...fits, response: { ...fits.response, userHandle } })).status).toBe(401);
    await ask('POST', `/api/identity/accounts/${id}/disable`, undefined, identity.admin);
    expect((await signIn(phone.answer(await challenge()))).status).toBe(401);
  });

  test('thirty wrong answers from one address lock it, and nobody else', async () => {
    const { phone } = await withPasskey('k@q7.vn');
    for (let wrong = 0; wrong < 30; wrong++)
      expect((await signIn(phone.answer('never given out'), '10.8.0.9')).status).toBe(401);
    expect((await signIn(phone.answer('never given out'), '10.8.0.9')).status).toBe(429);
    expect((await signIn(phone.answer(await challenge()), '10.8.0.10')).status).toBe(204);
  });
});
