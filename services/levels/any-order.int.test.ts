// What was announced, withdrawn and computed does not depend on the order in which it was heard, on repetition or on retries, and a rebuild makes the same rows.
import { afterAll, beforeAll, expect, test } from 'vitest';
import '../services.ts';
import { feedActor } from '#contracts/actor.ts';
import { definitionOf } from '#contracts/catalogue.ts';
import { attributedEventOf } from '#contracts/new-event.ts';
import type { Message } from '#platform/append.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { allRows, append } from '#platform/testing/requests.ts';
import { type ServiceUnderTest, startServiceUnderTest } from '#platform/testing/service.ts';
import { createRandom } from '../../ml/numerics/random.ts';
import { geographySchema, openTestDistrict } from '../district/testing/district.ts';
import { levelsService } from './app.ts';
import { levelAt } from './declared/level-in-force.ts';
import { readDeclarations } from './declared/read-declarations.ts';

let service: ServiceUnderTest;
const districts: string[] = [];
beforeAll(async () => {
  service = await startServiceUnderTest(levelsService(), {
    others: [
      geographySchema,
      { schema: 'epidemic', migrations: new URL('../epidemic/migrations/', import.meta.url) },
      { schema: 'ml', migrations: new URL('../outlook/migrations/', import.meta.url) },
    ],
  });
}, 120_000);
afterAll(async () => {
  for (const district of districts) await deleteDistrictStream(service.parts.broker, district);
  await service.stop();
}, 120_000);
const open = async () => {
  const district = await openTestDistrict(service);
  districts.push(district);
  return district;
};

const on = (day: number, hour = 0) =>
  `2021-11-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`;
interface Said {
  type: string;
  id: string;
  time: string;
  recordedTime: string;
  data: Record<string, unknown>;
}
const messageOf = (district: string, { type, ...said }: Said): Message =>
  attributedEventOf(
    definitionOf(type)!,
    { district, source: '/feed', exercise: true, ...said },
    { actor: feedActor('/feed'), correlationId: 'request' },
  ).message;
const declared = (declarationId: string, id: string, at: string, data: object): Said => ({
  ...{ type: 'level-declared', id, time: at, recordedTime: at },
  data: { declarationId, areaId: 'W0', level: 3, policyId: 'qd-4800', takesEffectAt: on(20), reason: id, ...data },
});
const withdrawn = (declarationId: string, id: string, at: string, areaId = 'W0'): Said => ({
  ...{ type: 'level-withdrawn', id, time: at, recordedTime: at },
  data: { declarationId, areaId, reason: id },
});

/** What is known in the end, without places in the journal, and what is in force on some days. */
async function standing(district: string) {
  const declarations = await readDeclarations(service.parts.database, { district });
  const { rows: assessed } = await service.parts.database.query(
    `SELECT area_id, on_day::text, low, high, decided_by FROM levels.assessment_versions WHERE district = $1 AND known_until = 'infinity' ORDER BY area_id`,
    [district],
  );
  return {
    declarations: declarations.map(({ sequence: _, ...declaration }) => declaration),
    inForce: ['W0', 'W1', 'W2'].flatMap((areaId) =>
      [10, 15, 20, 25].map((day) => {
        const { inForce, scheduled } = levelAt(
          declarations.filter((one) => one.areaId === areaId),
          on(day),
        );
        return [areaId, day, inForce?.declarationId, scheduled.map(({ declarationId }) => declarationId)];
      }),
    ),
    assessed,
  };
}

test.each<[string, Said[], unknown]>([
  [
    'a withdrawal that names another area does not stand before the one that names the right one',
    [declared('a', 'd', on(1), {}), withdrawn('a', 'wrong', on(2), 'W1'), withdrawn('a', 'right', on(3))],
    [['a', 3, 'right']],
  ],
  [
    'of a declaration that was said twice the first statement holds, and of its withdrawals',
    [
      declared('a', 'first', on(1), { level: 2 }),
      declared('a', 'second', on(2), { level: 4 }),
      withdrawn('a', 'sooner', on(3)),
      withdrawn('a', 'later', on(4)),
    ],
    [['a', 2, 'sooner']],
  ],
])('%s, whichever was heard first', async (_, said, right) => {
  for (const order of [said, said.toReversed(), [...said.slice(1), said[0]!]]) {
    const district = await open();
    await append(
      service,
      district,
      order.map((one) => messageOf(district, one)),
    );
    const found = await readDeclarations(service.parts.database, { district });
    expect(found.map(({ declarationId, level, withdrawal }) => [declarationId, level, withdrawal?.reason])).toEqual(
      right,
    );
  }
});

test('of two levels of one instant the one that was declared later is in force, also when it was heard first', async () => {
  const said = [declared('early', 'e', on(1), { level: 2 }), declared('late', 'l', on(2), { level: 4 })];
  for (const order of [said, said.toReversed()]) {
    const district = await open();
    await append(
      service,
      district,
      order.map((one) => messageOf(district, one)),
    );
    expect((await standing(district)).inForce).toContainEqual(['W0', 25, 'late', []]);
  }
});

test('in any order, with repetitions and retries, the same is known, and a rebuild makes the same rows', async () => {
  const random = createRandom(21);
  const facts = Array.from({ length: 140 }, (_, index): Said => {
    const at = on(1 + random.below(9), random.below(24));
    const areaId = `W${random.below(3)}`;
    const declarationId = `d${random.below(18)}`;
    const common = { id: `e${index}`, time: at, recordedTime: at };
    const kind = random.below(4);
    if (kind === 0) return withdrawn(declarationId, common.id, at, areaId);
    if (kind === 1)
      return {
        ...common,
        type: 'level-assessed',
        data: {
          ...{ areaId, onDay: at.slice(0, 10), policyId: 'qd-4800', low: 1, high: 1 + random.below(3) },
          ...{ decidedBy: 'criterion-1', reasons: [] },
        },
      };
    // Few instants and few ids, so that they meet.
    return declared(declarationId, common.id, at, {
      ...{ areaId, level: 1 + random.below(4), takesEffectAt: on(10 + random.below(3) * 5) },
    });
  });
  const first = await open();
  await append(
    service,
    first,
    facts.map((fact) => messageOf(first, fact)),
  );
  const known = await standing(first);
  expect(known.declarations.length).toBeGreaterThan(10);
  expect(known.declarations.filter(({ withdrawal }) => withdrawal).length).toBeGreaterThan(2);
  for (let round = 0; round < 3; round++) {
    const district = await open();
    const messages = facts
      .map((fact) => ({ fact, at: random.below(1e9) }))
      .sort((a, b) => a.at - b.at)
      .map(({ fact }) => messageOf(district, fact));
    await append(service, district, messages);
    // The broker has forgotten that it had them.
    await append(
      service,
      district,
      messages.slice(0, 50).map((message, index) => ({ ...message, id: `again ${index}` })),
    );
    expect(await standing(district)).toEqual(known);
    const tables = ['declarations', 'withdrawals', 'declaration_heads', 'adjustments', 'assessment_versions'];
    const rows = await allRows(service, 'levels', tables, district);
    for (const batchEntries of [1, 7, 1000]) {
      await service.rebuild(district, batchEntries);
      expect(await allRows(service, 'levels', tables, district)).toEqual(rows);
    }
  }
}, 240_000);
