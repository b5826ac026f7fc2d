import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { reachOf } from '#contracts/access/may-do.ts';
import { permissionOf } from '#contracts/access/permissions.ts';
import type { Principal } from '#contracts/access/principal.ts';
import { productPermit } from '#contracts/access/product-permit.ts';
import { type Role, roles } from '#contracts/access/roles.ts';
import type { DistrictPlace } from '#contracts/access/table.ts';
import { eventDefinitions } from '#contracts/catalogue.ts';
import type { DataClass } from '#contracts/define-event.ts';
import { allFeeds } from '#contracts/feeds.ts';
import { createApp } from '#platform/app.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { assertMayIn } from '#platform/permission.ts';
import { callerHeader, sealCaller, vouchedFor } from '#platform/sealed-caller.ts';
import { createIntake } from './intake/app.ts';
import { dataClassOf, parseFilter, permittedFilter } from './live/filter.ts';
import { services } from './services.ts';

// Every route, every type of event and every layer of the stream, for every role, in the district of its grant and outside: what is permitted is what the table says.

const secret = 'a secret of thirty-two characters!';
const log = createLog('walk', 'silent');
const own = 'q7';
const another = 'q1';
const closeness: Record<DataClass, number> = { public: 0, aggregate: 1, person: 2 };

const whoIs = (role: Role, more: Partial<Principal['grants'][number]> = {}): Principal => ({
  actor: { authtype: 'user', authid: 'p1' },
  known: true,
  grants: [{ role, districts: [own], areas: 'all', ...more }],
});

/** What the table says, without the code that is tried. */
function permitted(role: Role | undefined, action: string, dataClass: DataClass): boolean {
  const row = permissionOf(action);
  if (row?.open) return true;
  if (role === undefined) return false;
  if (role === 'operator') return true;
  const cell = row?.roles[role];
  return cell !== undefined && closeness[dataClass] <= closeness[cell];
}

/** A request of a route as the front door passes it on. */
function requestOf(route: string, place: DistrictPlace, district: string, who: Principal | undefined): Request {
  const [method, pattern] = route.split(' ') as [string, string];
  const [where, name] = place.split('.') as [string, string | undefined];
  const path = pattern.replace(/:(\w+)/g, (_, parameter: string) =>
    where === 'path' && parameter === name ? (name === 'collectionId' ? `${district}.ward` : district) : 'x',
  );
  const address = `${path}${where === 'query' ? `?district=${district}` : ''}`;
  const requestId = 'walk';
  return new Request(`http://service${address}`, {
    method,
    headers: {
      'x-request-id': requestId,
      'content-type': 'application/json',
      ...(who
        ? { [callerHeader]: sealCaller(secret, JSON.stringify(who), { method, address, requestId }, Date.now()) }
        : {}),
    },
    ...(method === 'POST' ? { body: JSON.stringify(where === 'body' ? { [name!]: district } : {}) } : {}),
  });
}

describe.each(services.map((service) => [service.name, service] as const))('routes of %s', (name, { access }) => {
  const app = createApp({ name, log, metrics: createMetrics(name), access, permit: productPermit(vouchedFor(secret)) });
  for (const [route, { district }] of Object.entries(access)) {
    const [method, path] = route.split(' ') as [string, string];
    app.on(method, path, (context) => {
      // A handler that alone can tell the district asks before it answers.
      if (district === 'inside') assertMayIn(context, context.req.header('x-of') ?? own);
      return context.text('done');
    });
  }
  const cases = Object.entries(access).flatMap(([route, entry]) =>
    [...roles, undefined].map((role) => ({ route, role: role ?? 'nobody', entry, who: role && whoIs(role), is: role })),
  );

  test.each(cases)('$route for $role', async ({ route, entry, who, is }) => {
    const { action, dataClass, district: place = 'query.district' } = entry;
    // Of the tiles of cases two rows are true: the closer one counts.
    const fits = Object.entries(access).filter(
      ([other]) =>
        other === route || (route.startsWith('GET /api/tiles/cases/') && other === 'GET /api/tiles/:layer/:z/:x/:tile'),
    );
    const inside = fits.every(([, one]) => permitted(is, one.action, one.dataClass));
    const ofOne = !['none', 'all', 'inside'].includes(place);
    const refused = who ? 403 : 401;
    const ask = async (district: string, more: Record<string, string> = {}) => {
      const request = requestOf(route, place, district, who);
      for (const [header, value] of Object.entries(more)) request.headers.set(header, value);
      return (await app.request(request)).status;
    };
    const open = permissionOf(action)?.open === true;
    if (place === 'all') {
      expect(await ask(own)).toBe(open ? 200 : refused);
      const everywhere = who && { ...who, grants: [{ ...who.grants[0]!, districts: 'all' as const }] };
      expect((await app.request(requestOf(route, place, own, everywhere))).status).toBe(inside ? 200 : refused);
      return;
    }
    expect([action, dataClass, await ask(own)]).toEqual([action, dataClass, inside ? 200 : refused]);
    if (ofOne) expect(await ask(another)).toBe(open ? 200 : refused);
    if (place === 'inside') expect(await ask(own, { 'x-of': another })).toBe(open ? 200 : refused);
  });

  test.each(Object.entries(access))(
    '%s is not for a grant that has ended',
    async (route, { action, district = 'query.district' }) => {
      const who = whoIs('operator', { until: '2020-01-01T00:00:00Z' });
      const open = permissionOf(action)?.open === true;
      expect((await app.request(requestOf(route, district, own, who))).status).toBe(open ? 200 : 403);
    },
  );

  test.each(Object.entries(access))(
    '%s that should name a district and does not is of all of them',
    async (route, { action, district = 'query.district' }) => {
      if (['none', 'inside', 'all'].includes(district) || district.startsWith('path.')) return;
      const method = route.split(' ')[0]!;
      const bare = requestOf(route, 'none', own, whoIs('operator'));
      expect([method, permissionOf(action)?.open, (await app.request(bare)).status]).toEqual([method, undefined, 403]);
    },
  );
});

const fixtures = new URL('./contracts/fixtures/', import.meta.url);
const known = new Set(readdirSync(fixtures));
const dataOf = (type: string): object =>
  known.has(`${type}.minimal.json`)
    ? ((JSON.parse(readFileSync(new URL(`${type}.minimal.json`, fixtures), 'utf8')) as { data?: object }).data ?? {})
    : {};

describe('events', () => {
  const appended: unknown[] = [];
  const intake = createIntake({
    appender: {
      appendAll: async (messages) => {
        appended.push(...messages);
        return messages.map(() => ({ ok: true, sequence: appended.length, duplicate: false }));
      },
    },
    rules: (district) => ([own, another].includes(district) ? { clock: 'live', exercise: false } : undefined),
    now: () => new Date(),
    log,
    metrics: createMetrics('intake'),
    ready: async () => {},
    permit: productPermit(vouchedFor(secret)),
  });
  const say = async (type: string, district: string, who: Principal | undefined) => {
    const event = {
      specversion: '1.0',
      id: `w-${Math.random()}`,
      source: '/walk',
      type,
      time: '2026-01-05T00:00:00Z',
      district,
      data: dataOf(type),
    };
    const address = '/api/events';
    const request = { method: 'POST', address, requestId: 'walk' };
    const before = appended.length;
    const answer = await intake.request(
      new Request(`http://service${address}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/cloudevents+json',
          'x-request-id': 'walk',
          ...(who ? { [callerHeader]: sealCaller(secret, JSON.stringify(who), request, Date.now()) } : {}),
        },
        body: JSON.stringify(event),
      }),
    );
    return { status: answer.status, stored: appended.length - before };
  };
  const forged = { status: 403, stored: 0 };

  const cases = eventDefinitions().flatMap((definition) =>
    [...roles, undefined].map((role) => ({ type: definition.type, role: role ?? 'nobody', is: role, definition })),
  );
  test.each(cases)('$type by $role', async ({ type, is, definition: { action, dataClass, publishedBy } }) => {
    if (is === undefined) {
      expect(await say(type, own, undefined)).toEqual({ status: 401, stored: 0 });
      return;
    }
    const mayPost = permitted(is, 'event.publish', 'public');
    const may = mayPost && permitted(is, action, dataClass) && publishedBy.includes('intake');
    const said = await say(type, own, whoIs(is));
    if (may) expect(said.status).not.toBe(403);
    else expect(said).toEqual(forged);
    expect(await say(type, another, whoIs(is))).toEqual(forged);
    expect(await say(type, own, whoIs(is, { until: '2020-01-01T00:00:00Z' }))).toEqual(forged);
  });

  test('some are taken, and say who said them', async () => {
    expect(await say('case-confirmed', own, whoIs('epidemiologist'))).toEqual({ status: 201, stored: 1 });
    const { payload } = appended.at(-1) as { payload: string };
    expect(JSON.parse(payload)).toMatchObject({ authtype: 'user', authid: 'p1', correlationid: 'walk' });
  });

  test('a token says its own types, in its areas', async () => {
    const token: Principal = {
      actor: { authtype: 'api_key', authid: 't1' },
      known: true,
      grants: [{ role: 'feed', districts: [own], areas: 'all' }],
      eventTypes: ['case-confirmed'],
    };
    expect(await say('case-confirmed', own, token)).toEqual({ status: 201, stored: 1 });
    expect(await say('capacity-reported', own, token)).toEqual(forged);
    const ofAreas = { ...token, grants: [{ ...token.grants[0]!, areas: ['somewhere'] }] };
    expect(await say('case-confirmed', own, ofAreas)).toEqual(forged);
  });
});

describe('events of who is limited to areas', () => {
  const known: Record<string, string> = {
    'epidemic in-a': 'a',
    'epidemic in-b': 'b',
    'urban-order in-a': 'a',
    'economy in-a': 'a',
  };
  const stored: { type: string }[] = [];
  const intake = createIntake({
    appender: {
      appendAll: async (messages) => {
        for (const { payload } of messages) stored.push(JSON.parse(payload));
        return messages.map(() => ({ ok: true, sequence: stored.length, duplicate: false }));
      },
    },
    askArea: async ({ service, id }) => known[`${service} ${id}`],
    rules: () => ({ clock: 'live', exercise: false }),
    now: () => new Date(),
    log,
    metrics: createMetrics('intake'),
    ready: async () => {},
    permit: productPermit(vouchedFor(secret)),
  });
  const say = async (who: Principal, ...events: { type: string; data: object }[]) => {
    const request = { method: 'POST', address: '/api/events', requestId: 'walk' };
    const before = stored.length;
    const answer = await intake.request(
      new Request('http://service/api/events', {
        method: 'POST',
        headers: {
          'content-type': 'application/cloudevents-batch+json',
          'x-request-id': 'walk',
          [callerHeader]: sealCaller(secret, JSON.stringify(who), request, Date.now()),
        },
        body: JSON.stringify(
          events.map((event, index) => ({
            ...{ specversion: '1.0', id: `l-${stored.length}-${index}`, source: '/walk', time: '2026-01-05T00:00:00Z' },
            district: own,
            ...event,
          })),
        ),
      }),
    );
    const { rejected = [] } = (await answer.json()) as { rejected?: { field: string; forbidden?: boolean }[] };
    return { status: answer.status, stored: stored.length - before, field: rejected[0]?.field };
  };
  const taken = { status: 201, stored: 1, field: undefined };
  const outside = { status: 403, stored: 0, field: 'data.areaId' };
  const confirmed = (caseId: string, areaId?: string) => ({
    type: 'case-confirmed',
    data: { caseId, confirmedDate: '2026-01-04', ...(areaId ? { areaId } : {}) },
  });
  const status = (caseId: string, more: object = {}) => ({
    type: 'case-status-changed',
    data: { caseId, status: 'recovered', ...more },
  });
  const step = (violationId: string) => ({
    type: 'violation-verified',
    data: { violationId, occurredAt: '2026-01-04T00:00:00Z' },
  });

  test.each([
    ['a new case in his area', confirmed('new', 'a'), taken],
    ['a new case in another area', confirmed('new', 'b'), outside],
    ['a new case in no area', confirmed('new'), outside],
    ['a case that is known in another area, said to be in his', confirmed('in-b', 'a'), outside],
    ['a case of his area, moved to another', confirmed('in-a', 'b'), outside],
    ['a change of a case of his area', status('in-a'), taken],
    ['a change of a case of another area', status('in-b'), outside],
    ['a change of a case that nobody knows', status('unknown'), outside],
  ])('%s', async (_what, event, expected) => {
    expect(await say(whoIs('health-station-officer', { areas: ['a'] }), event)).toEqual(expected);
  });

  test('what is born in a batch is changed in it', async () => {
    const officer = whoIs('health-station-officer', { areas: ['a'] });
    expect(await say(officer, confirmed('born', 'a'), status('born'))).toEqual({ ...taken, stored: 2 });
  });

  test('steps of violations where they lie; a merge is of two, and takes the whole district', async () => {
    const inspector = whoIs('urban-order-inspector', { areas: ['a'] });
    expect(await say(inspector, step('in-a'))).toEqual(taken);
    expect(await say(inspector, step('unknown'))).toEqual(outside);
    const merge = {
      type: 'violation-merged',
      data: { violationId: 'in-a', occurredAt: '2026-01-04T00:00:00Z', intoViolationId: 'in-a2' },
    };
    expect(await say(inspector, merge)).toEqual(outside);
  });

  test('a right that the role has nowhere is refused as before', async () => {
    expect(await say(whoIs('urban-order-inspector', { areas: ['a'] }), confirmed('new', 'a'))).toMatchObject({
      status: 403,
      field: 'type',
    });
  });

  // Every event that a role may say in the whole district, it may say in its area where the event names it or its entity lies there, and nowhere else.
  const sayable = eventDefinitions().filter(({ publishedBy }) => publishedBy.includes('intake'));
  test.each(
    sayable.flatMap((definition) =>
      roles
        .filter((role) => role !== 'operator' && permitted(role, 'event.publish', 'public'))
        .map((role) => ({ type: definition.type, role, definition })),
    ),
  )('$type by $role of another area', async ({ role, definition: { type } }) => {
    const limited = whoIs(role, { areas: ['nowhere'] });
    expect(await say(limited, { type, data: dataOf(type) })).toMatchObject({ status: 403, stored: 0 });
  });
});

describe('layers of the stream', () => {
  const reach =
    (role: Role, district: string, areas: 'all' | string[] = 'all') =>
    (dataClass: DataClass) =>
      reachOf(whoIs(role, { areas }), 'stream.read', dataClass, district, Date.now());

  test.each(allFeeds().flatMap(({ name }) => roles.map((role) => ({ layer: name, role }))))(
    '$layer for $role',
    ({ layer, role }) => {
      const may = permitted(role, 'stream.read', dataClassOf(layer));
      const ask = (district: string) => () => permittedFilter(parseFilter({ layers: layer }), reach(role, district));
      if (may) expect(ask(own)().layers).toEqual(new Set([layer]));
      else expect(ask(own)).toThrow('Your role does not permit these layers');
      expect(ask(another)).toThrow('Your role does not permit these layers');
      const all = permittedFilter(parseFilter({}), reach(role, own));
      expect([layer, all.layers?.has(layer) ?? true]).toEqual([layer, may]);
    },
  );

  test('who is limited to areas hears of persons there alone, and of the rest everywhere', () => {
    const filter = permittedFilter(parseFilter({}), reach('health-station-officer', own, ['a', 'b']));
    const persons = allFeeds().flatMap(({ name }) => (dataClassOf(name) === 'person' ? [name] : []));
    expect(persons).toEqual(expect.arrayContaining(['cases']));
    expect([...filter.limited!.keys()]).toEqual(persons);
    expect(filter.limited!.get('cases')).toEqual(new Set(['a', 'b']));
    expect(filter.key).not.toBe(permittedFilter(parseFilter({}), reach('health-station-officer', own, ['a'])).key);
  });
});

test('every app of the product is given its permission', () => {
  const root = new URL('./', import.meta.url);
  const made = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/node_modules|\.test\.ts$|testing|\/bench\//.test(file))
    .map((file) => ({ file, text: readFileSync(new URL(file, root), 'utf8') }))
    .filter(({ text }) => /[^n] createApp\(\{/.test(text));
  expect(made.length).toBeGreaterThanOrEqual(5);
  expect(made.filter(({ text }) => !/\bpermit\b/.test(text)).map(({ file }) => file)).toEqual([]);
});

test('every app of the product notes who looks', () => {
  const root = new URL('./', import.meta.url);
  const made = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/node_modules|\.test\.ts$|testing|\/bench\//.test(file))
    .map((file) => ({ file, text: readFileSync(new URL(file, root), 'utf8') }))
    .filter(({ text }) => /[^n] createApp\(\{/.test(text));
  expect(made.length).toBeGreaterThanOrEqual(5);
  expect(made.filter(({ text }) => !/\baudit: /.test(text)).map(({ file }) => file)).toEqual([]);
  const mains = [
    'intake/main.ts',
    'drill/main.ts',
    'chain/main.ts',
    'identity/main.ts',
    'live/main.ts',
    'platform/service.ts',
  ];
  expect(mains.filter((file) => !/keepBooks\(/.test(readFileSync(new URL(file, root), 'utf8')))).toEqual([]);
});
