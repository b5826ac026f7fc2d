// Values of series follow their statements, not their arrival: in any order, with repetitions and retries, and after a rebuild the same value stands.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { feedActor } from '#contracts/actor.ts';
import { attributedEvent } from '#contracts/new-event.ts';
import type { Message } from '#platform/append.ts';
import { append } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { createRandom } from '../../ml/numerics/random.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { allRows, startEconomy } from './testing/district.ts';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startEconomy();
}, 120_000);
afterAll(() => service.stop());

interface Said {
  type: 'revenue-published' | 'indicator-published';
  month: number;
  areaId: string | undefined;
  value: number;
  at: string;
  id: string;
}
const messageOf = (district: string, { type, month, areaId, value, at, id }: Said): Message =>
  attributedEvent(
    {
      ...{ type, district, source: '/feed', id, time: at, recordedTime: at },
      data: {
        ...{ indicatorId: 'takings', source: 'office', unit: 'vnd', value, ...(areaId && { areaId }) },
        ...{ periodStart: `2021-0${month}-01`, periodEnd: `2021-0${month}-28` },
      },
    },
    { actor: feedActor('/feed'), correlationId: 'request' },
  ).message;
const standing = async (district: string) => {
  const { rows } = await service.parts.database.query<{ fact: string }>(
    `SELECT concat_ws(' ', series, area_id, period_start, value) AS fact FROM economy.indicator_versions WHERE district = $1 AND known_until = 'infinity' ORDER BY 1`,
    [district],
  );
  return rows.map(({ fact }) => fact);
};

test('in any order the value that was published last stands, and a rebuild makes the same rows', async () => {
  const random = createRandom(3);
  const facts = Array.from(
    { length: 90 },
    (_, index): Said => ({
      type: random.below(2) ? 'revenue-published' : 'indicator-published',
      month: 1 + random.below(3),
      areaId: [undefined, 'W0', 'W1'][random.below(3)],
      value: random.below(1000),
      // Each moment once, so that nothing is left to a tie.
      at: new Date(Date.parse('2021-08-01T00:00:00Z') + ((index * 37) % 90) * 3_600_000).toISOString(),
      id: `e${index}`,
    }),
  );
  const newest = new Map<string, Said>();
  for (const fact of facts.toSorted((a, b) => a.at.localeCompare(b.at)))
    newest.set(`${fact.type} ${fact.areaId} ${fact.month}`, fact);
  const right = [...newest.values()]
    .map(({ type, areaId, month, value }) => `${type.split('-')[0]} ${areaId ?? ''} 2021-0${month}-01 ${value}`)
    .sort();
  for (let round = 0; round < 3; round++) {
    const district = await openTestDistrict(service);
    const messages = facts
      .map((fact) => ({ fact, at: random.below(1e9) }))
      .sort((a, b) => a.at - b.at)
      .map(({ fact }) => messageOf(district, fact));
    await append(service, district, messages);
    await append(
      service,
      district,
      messages.slice(0, 30).map((message, index) => ({ ...message, id: `again ${index}` })),
    );
    expect(await standing(district)).toEqual(right);
    const rows = await allRows(service, district);
    for (const batchEntries of [1, 7, 1000]) {
      await service.rebuild(district, batchEntries);
      expect(await allRows(service, district)).toEqual(rows);
    }
  }
}, 240_000);
