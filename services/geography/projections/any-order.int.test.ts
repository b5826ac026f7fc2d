// Borders and people follow their statements, not their arrival: every permutation of what was said of an area makes the same borders on every day, as known in the end.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programmeActor } from '#contracts/actor.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { type Database, inTransaction, migrate } from '#platform/database.ts';
import { temporaryDatabase } from '#platform/testing/servers.ts';
import { placesProjection } from './places.ts';

const projection = placesProjection({});
let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const temporary = await temporaryDatabase();
  ({ database, drop } = temporary);
  await migrate(temporary.url, 'geography', new URL('../migrations/', import.meta.url));
});
afterAll(() => drop());

const ring = [
  [106.7, 10.7],
  [106.71, 10.7],
  [106.71, 10.71],
  [106.7, 10.71],
  [106.7, 10.7],
];
const event = (type: string, id: string, recorded: string, data: Record<string, unknown>): CloudEvent => ({
  ...{ specversion: '1.0', id, source: '/test', type, district: 't' },
  ...{ time: recorded, recordedtime: recorded, data },
  ...programmeActor('import'),
  correlationid: 'run',
});
const area = (name: string, recorded: string, validFrom: string, more: object = {}) =>
  event('area-revised', name, recorded, {
    ...{ areaId: 'a', parentId: null, level: 'ward', name, validFrom },
    ...{ geometry: { type: 'MultiPolygon', coordinates: [[ring]] } },
    ...more,
  });
const people = (count: number, recorded: string, validFrom: string) =>
  event('population-published', `people ${count}`, recorded, {
    areaId: 'a',
    ageGroup: 'all',
    people: count,
    validFrom,
  });
const ended = (id: string, recorded: string, validFrom: string) =>
  area(id, recorded, validFrom, { abolished: true, geometry: null });

const permutations = <Item>(items: Item[]): Item[][] =>
  items.length < 2
    ? [items]
    : items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
const days = [
  '2004-12-31',
  '2005-01-01',
  '2010-06-01',
  '2014-12-31',
  '2015-01-01',
  '2020-06-01',
  '2025-06-30',
  '2025-07-01',
  '2030-01-01',
];
let sequence = 0;
const standing = async (said: CloudEvent[]) => {
  await inTransaction(database, (transaction) => projection.forget(transaction, 't'));
  for (const one of said)
    await inTransaction(database, (transaction) =>
      projection.apply(transaction, 't', [{ sequence: ++sequence, subject: '', event: one }]),
    );
  const { rows } = await database.query<{ day: string; name: string | null; people: number | null }>(
    `SELECT day::text, (SELECT name FROM geography.areas_at('t', '9999-01-01Z', day)) AS name,
       (SELECT people FROM geography.population_at('t', 'all', '9999-01-01Z', day)) AS people
     FROM unnest($1::date[]) AS asked(day) ORDER BY day`,
    [days],
  );
  return rows.map(({ day, name, people: count }) => `${day} ${name} ${count}`);
};

test.each<[string, CloudEvent[], string[]]>([
  [
    'of one day the later statement holds',
    [
      area('old', '2021-01-01T00:00:00Z', '2005-01-01'),
      area('corrected', '2022-01-01T00:00:00Z', '2005-01-01'),
      area('next', '2021-06-01T00:00:00Z', '2015-01-01'),
    ],
    ['null', 'corrected', 'corrected', 'corrected', 'next', 'next', 'next', 'next', 'next'],
  ],
  [
    'an end holds against what was said before it, and not against what is said after',
    [
      area('first', '2021-01-01T00:00:00Z', '2005-01-01'),
      area('planned', '2021-02-01T00:00:00Z', '2030-01-01'),
      ended('end', '2021-03-01T00:00:00Z', '2025-07-01'),
      area('middle', '2021-04-01T00:00:00Z', '2015-01-01'),
    ],
    ['null', 'first', 'first', 'first', 'middle', 'middle', 'middle', 'null', 'null'],
  ],
  [
    'an area that lives again',
    [
      area('first', '2021-01-01T00:00:00Z', '2005-01-01'),
      ended('end', '2021-03-01T00:00:00Z', '2015-01-01'),
      area('again', '2021-04-01T00:00:00Z', '2025-07-01'),
    ],
    ['null', 'first', 'first', 'first', 'null', 'null', 'null', 'again', 'again'],
  ],
])('%s, in every order', async (_, said, right) => {
  for (const order of permutations(said))
    expect([order.map(({ id }) => id), (await standing(order)).map((line) => line.split(' ')[1])]).toEqual([
      order.map(({ id }) => id),
      right,
    ]);
});

test('people: of one day the later statement holds, in every order', async () => {
  const said = [
    people(100, '2021-01-01T00:00:00Z', '2005-01-01'),
    people(120, '2022-01-01T00:00:00Z', '2005-01-01'),
    people(150, '2021-06-01T00:00:00Z', '2015-01-01'),
  ];
  for (const order of permutations(said))
    expect((await standing(order)).map((line) => line.split(' ')[2])).toEqual([
      'null',
      '120',
      '120',
      '120',
      '150',
      '150',
      '150',
      '150',
      '150',
    ]);
});
