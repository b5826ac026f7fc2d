import { describe, expect, test } from 'vitest';
import { permissionOf } from '#contracts/access/permissions.ts';
import type { Principal } from '#contracts/access/principal.ts';
import { callerOf } from '#contracts/access/product-permit.ts';
import type { Role } from '#contracts/access/roles.ts';
import { createApp } from '#platform/app.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { services } from './services.ts';

// Who is limited to areas and asks for an entity by its number: every such route of every service.

const log = createLog('entity-areas', 'silent');
const places: Record<string, string> = { inside: 'w-1', outside: 'v' };
const routes = services.flatMap(({ name, access }) =>
  Object.entries(access).flatMap(([route, entry]) => (entry.area === 'entity' ? [{ name, route, entry }] : [])),
);

test('every change of a case, a violation, a business, an incident by its number is of where that lies', () => {
  const ofOne = services.flatMap(({ access }) =>
    Object.entries(access).flatMap(([route, { area }]) =>
      /^POST .*\/(cases|violations|businesses|incidents|reports)\/:\w+\/\w+$/.test(route) && area !== 'entity'
        ? [route]
        : [],
    ),
  );
  // Removing a person is for who looks after every district; merging is of two.
  expect(ofOne).toEqual(['POST /api/epidemic/cases/:caseId/removal', 'POST /api/urban-order/violations/:id/merge']);
  expect(routes.length).toBeGreaterThan(10);
});

describe.each(routes)('$route', ({ name, route, entry }) => {
  const [method, pattern] = route.split(' ') as [string, string];
  const [role] = Object.entries(permissionOf(entry.action)!.roles).find(
    ([, most]) => most === 'person' || most === entry.dataClass,
  )!;
  const limited = (areas: string[] | 'all', districts: string[] | 'all' = ['q7']): Principal => ({
    actor: { authtype: 'user', authid: 'p1' },
    known: true,
    grants: [{ role: role as Role, districts, areas }],
  });
  const asked: string[] = [];
  async function ask(who: Principal, id: string, body: object = {}, known = true, district = 'q7') {
    const app = createApp({
      name,
      log,
      metrics: createMetrics(name),
      access: { [route]: entry },
      permit: () => callerOf(who, Date.now),
      ...(known && {
        areaOf: async (_: string, one: string) => {
          asked.push(one);
          return places[one];
        },
      }),
    });
    app.on(method, pattern, (context) => context.text('done'));
    const answer = await app.request(`${pattern.replace(/:\w+/, id)}?district=${district}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
    });
    return answer.status;
  }
  // Public rows are read whole, whatever the areas.
  const free = method === 'GET' && entry.dataClass !== 'person';

  test('is for who holds the area in which the entity lies, and for nobody else', async () => {
    const officer = limited(['w', 'w-1']);
    expect(await ask(officer, 'inside')).toBe(200);
    if (free) return;
    expect(await ask(officer, 'outside')).toBe(403);
    expect(await ask(officer, 'unknown')).toBe(403);
    expect(await ask(officer, 'inside', {}, true, 'q1')).toBe(403);
    // A service that cannot tell permits nothing.
    expect(await ask(officer, 'inside', {}, false)).toBe(403);
  });

  test('does not lead out of the areas', async () => {
    if (method === 'GET') return;
    expect(await ask(limited(['w-1']), 'inside', { areaId: 'v' })).toBe(403);
    expect(await ask(limited(['w-1', 'v']), 'inside', { areaId: 'v' })).toBe(200);
  });

  test('is asked about no area of who holds the whole district', async () => {
    asked.length = 0;
    expect(await ask(limited('all'), 'outside')).toBe(200);
    expect(asked).toEqual([]);
  });
});
