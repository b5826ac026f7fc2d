// Parents in a circle stop no figure: the projection refuses the event that would close it, and walks over rows that have one already end.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { programmeActor } from '#contracts/actor.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { type Database, inTransaction, migrate } from '#platform/database.ts';
import { temporaryDatabase } from '#platform/testing/servers.ts';
import { readMoment } from '../reads/moment.ts';
import { searchPlaces } from '../reads/search.ts';
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
beforeEach(() => inTransaction(database, (transaction) => projection.forget(transaction, 't')));

const recorded = '2026-01-01T00:00:00Z';
let number = 0;
const fact = (type: string, data: Record<string, unknown>) => {
  const sequence = ++number;
  const event: CloudEvent = {
    ...{ specversion: '1.0', id: `e${sequence}`, source: '/test', type, district: 't' },
    ...{ time: recorded, recordedtime: recorded, data },
    ...programmeActor('import'),
    correlationid: 'run',
  };
  return { sequence, subject: '', event };
};
const area = (areaId: string, parentId: string | null, validFrom = '2000-01-01') =>
  fact('area-revised', {
    areaId,
    parentId,
    level: parentId === null ? 'district' : 'ward',
    name: areaId,
    validFrom,
    geometry: null,
  });
const apply = (entries: ReturnType<typeof fact>[]) =>
  inTransaction(database, (transaction) => projection.apply(transaction, 't', entries));
/** As a projection that is followed does: what cannot be written is left out. */
const applyEach = async (entries: ReturnType<typeof fact>[]) => {
  const parked: string[] = [];
  for (const entry of entries)
    await apply([entry]).catch((error: Error) => parked.push(`${entry.event.id}: ${error.message}`));
  return parked;
};
const parentsOn = async (day: string) =>
  (
    await database.query<{ pair: string }>(
      `SELECT area_id || '<' || coalesce(parent_id, '') AS pair FROM geography.areas_at('t', '9999-01-01Z', $1) ORDER BY 1`,
      [day],
    )
  ).rows.map((row) => row.pair);

describe('the projection', () => {
  test.each<[string, () => ReturnType<typeof fact>[], string]>([
    ['two below each other', () => [area('q', null), area('a', 'q'), area('b', 'a'), area('a', 'b')], 'a → b → a'],
    ['an area below itself', () => [area('q', null), area('a', 'a')], 'a → a'],
    ['a ring of three', () => [area('a', 'c'), area('b', 'a'), area('c', 'b')], 'c → b → a → c'],
    [
      'only from a later day on',
      () => [area('q', null), area('a', 'q'), area('b', 'a'), area('a', 'b', '2020-01-01')],
      'a → b → a',
    ],
    ['the root below its own ward', () => [area('q', null), area('a', 'q'), area('q', 'a')], 'q → a → q'],
  ])('refuses %s, however the journal is cut', async (_name, said, circle) => {
    const entries = said();
    await expect(apply(entries)).rejects.toThrow(`not a circle of parents: ${circle}`);
    expect(await applyEach(entries)).toEqual([`${entries.at(-1)!.event.id}: not a circle of parents: ${circle}`]);
  });

  test('an area may go below one that was below it, once that one has another place', async () => {
    await apply([
      area('q', null),
      area('a', 'q'),
      area('b', 'a'),
      area('b', 'q', '2020-01-01'),
      area('a', 'b', '2020-01-01'),
    ]);
    expect(await parentsOn('2019-12-31')).toEqual(['a<q', 'b<a', 'q<']);
    expect(await parentsOn('2020-01-01')).toEqual(['a<b', 'b<q', 'q<']);
  });

  test('what was refused by itself is refused in a batch that would set it right after it', async () => {
    const entries = [area('q', null), area('a', 'q'), area('b', 'a'), area('a', 'b'), area('b', 'q')];
    await expect(apply(entries)).rejects.toThrow('not a circle of parents: a → b → a');
  });
});

describe('rows that have a circle', () => {
  beforeEach(async () => {
    const district = {
      districtId: 't',
      name: 'T',
      timeZone: 'UTC',
      clock: 'live',
      exercise: false,
      centre: { lon: 106.7, lat: 10.7 },
    };
    await apply([
      fact('district-registered', district),
      area('q', null),
      area('a', 'q'),
      area('b', 'q'),
      area('c', 'b'),
    ]);
    // As a version before could write it.
    await database.query(
      `UPDATE geography.area_versions SET parent_id = CASE area_id WHEN 'a' THEN 'b' ELSE 'a' END WHERE area_id IN ('a', 'b')`,
    );
  });

  test('each area has what is above it once, and itself', async () => {
    const { rows } = await database.query<{ pair: string }>(
      `SELECT area_id || '<' || ancestor_id AS pair FROM geography.ancestors_at('t', '9999-01-01Z', '2026-01-01') ORDER BY 1`,
    );
    expect(rows.map((row) => row.pair)).toEqual(['a<a', 'a<b', 'b<a', 'b<b', 'c<a', 'c<b', 'c<c', 'q<q']);
  });

  test('a search by name ends', async () => {
    const { candidates } = await searchPlaces(
      database,
      await readMoment(database, { district: 't', onDay: '2026-01-01' }, new Date()),
      'c',
      5,
    );
    expect(candidates.map(({ id }) => id)).toEqual(['c']);
  });

  test('a revision that opens the circle is taken', async () => {
    await apply([area('a', 'q')]);
    expect(await parentsOn('2026-01-01')).toEqual(['a<q', 'b<a', 'c<b', 'q<']);
  });
});

describe('people by age', () => {
  const people = (ageGroup: string, count: number) =>
    fact('population-published', { areaId: 'a', ageGroup, people: count, validFrom: '2020-01-01' });
  const inAll = async () =>
    (
      await database.query<{ people: number }>(
        `SELECT people FROM geography.population_at('t', 'all', '9999-01-01Z', '2026-01-01')`,
      )
    ).rows;

  test('groups that overlap in every way are summed once, and the sum is found', async () => {
    const said = [];
    // Every group between two of 40 ages: 2^39 ways to be every age once.
    for (let from = 0; from < 40; from++) {
      for (let to = from; to < 39; to++) said.push(people(`${from}-${to}`, to - from + 1));
      said.push(people(`${from}+`, 100 - from));
    }
    await apply([area('a', null), ...said]);
    // The fewest groups: one, "0+".
    expect(await inAll()).toEqual([{ people: 100 }]);
  });

  test('a set of several groups has their sum', async () => {
    await apply([
      area('a', null),
      people('0-17', 20),
      people('0-4', 6),
      people('5-17', 15),
      people('18-64', 60),
      people('65+', 10),
    ]);
    expect(await inAll()).toEqual([{ people: 90 }]);
  });
});
