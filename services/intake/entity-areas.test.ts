import { describe, expect, test } from 'vitest';
import { createApp } from '#platform/app.ts';
import { GatewayError } from '#platform/gateway.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { recogniseSender } from '#platform/senders.ts';
import { areasOfEntities, askOwners, entityKey } from './entity-areas.ts';

const secret = 'i'.repeat(43);
const owner = createApp({
  name: 'owner',
  log: createLog('owner', 'silent'),
  metrics: createMetrics('owner'),
  access: {},
  senders: recogniseSender({ import: secret }),
  areaOf: async (district, id) => (`${district} ${id}` === 'q7 known' ? 'a' : undefined),
});
const gateway = (authorization?: string) => ({
  get: async <Answer>(path: string): Promise<Answer> => {
    const answer = await owner.request(path, { headers: authorization ? { authorization } : {} });
    if (!answer.ok) throw new GatewayError(answer.status, await answer.text());
    return (await answer.json()) as Answer;
  },
});

describe('where an entity lies is asked of its owner', () => {
  const ask = askOwners((service) => (service === 'epidemic' ? gateway(`Bearer ${secret}`) : undefined));
  const of = (id: string, service = 'epidemic', district = 'q7') => ask({ district, service, id });

  test('by a programme of the product; what is unknown, and what has no owner, lies nowhere', async () => {
    expect(await of('known')).toBe('a');
    expect([await of('other'), await of('known', 'epidemic', 'q1'), await of('known', 'economy')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('nobody else is told', async () => {
    await expect(gateway().get('/area-of?district=q7&id=known')).rejects.toMatchObject({ status: 404 });
    await expect(gateway('Bearer something').get('/area-of?district=q7&id=known')).rejects.toMatchObject({
      status: 401,
    });
  });

  test('an owner that is away is no answer: who sends comes again', async () => {
    const away = askOwners(() => ({ get: () => Promise.reject(new GatewayError(503, 'away')) }));
    await expect(away({ district: 'q7', service: 'epidemic', id: 'known' })).rejects.toMatchObject({ status: 503 });
  });
});

describe('which are asked', () => {
  const change = (caseId: unknown, type = 'case-status-changed') => ({ type, district: 'q7', data: { caseId } });
  const asked = async (whole: boolean, ...events: unknown[]) => {
    const ids: string[] = [];
    const found = await areasOfEntities(events, { may: () => whole }, async (entity) => {
      ids.push(entityKey(entity));
      return entity.id === 'b' ? undefined : 'a';
    });
    return { ids: ids.sort(), found: [...found] };
  };

  test('each entity once, of whoever is limited to areas', async () => {
    expect(await asked(false, change('a'), change('a'), change('b'), change('a', 'case-confirmed'))).toEqual({
      ids: ['q7 epidemic a', 'q7 epidemic b'],
      found: [['q7 epidemic a', 'a']],
    });
    expect(await asked(true, change('a'))).toEqual({ ids: [], found: [] });
  });

  test('what is no event, or of no entity, is not', async () => {
    const odd = [
      null,
      7,
      {},
      change(7),
      change(undefined),
      change('a', 'no-such-type'),
      { ...change('a'), data: null },
    ];
    const count = { type: 'case-count-published', district: 'q7', data: { areaId: 'a' } };
    expect(await asked(false, ...odd, count)).toEqual({ ids: [], found: [] });
  });
});
