import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from './database.ts';
import type { VersionRow } from './fold-versions.ts';
import { temporaryDatabase } from './testing/servers.ts';
import { type VersionedTable, writeVersions } from './versions.ts';

const definition: VersionedTable = {
  table: 'levels',
  key: ['district', 'place', 'day'],
  columns: {
    district: 'text',
    place: 'text',
    day: 'date',
    level: 'float8',
    note: 'text',
    known_at: 'timestamptz',
    sequence: 'bigint',
    event_id: 'text',
  },
};
const minute = (minutes: number) => new Date(Date.UTC(2021, 7, 1, 0, minutes)).toISOString();
let sequence = 0;
const row = (known: number, change: Partial<VersionRow> = {}): VersionRow => {
  sequence += 1;
  return {
    district: 'q7',
    place: 'a',
    day: '2021-08-01',
    level: sequence,
    note: null,
    known_at: minute(known),
    sequence,
    event_id: `e${sequence}`,
    ...change,
  };
};

describe('versions of a fact', () => {
  let server: Awaited<ReturnType<typeof temporaryDatabase>>;
  beforeAll(async () => {
    server = await temporaryDatabase();
    await server.database.query(
      `CREATE TABLE levels (district text, place text, day date, level float8, note text, known_at timestamptz NOT NULL,
         known_until timestamptz NOT NULL, sequence bigint, event_id text)`,
    );
  });
  afterAll(() => server.drop());
  beforeEach(async () => {
    await server.database.query('TRUNCATE levels');
  });

  const write = (rows: VersionRow[], change: Partial<VersionedTable> = {}) =>
    inTransaction(server.database, (transaction) => writeVersions(transaction, { ...definition, ...change }, rows));
  const stored = async () => {
    const { rows } = await server.database.query<{
      place: string;
      level: number;
      known_at: Date;
      known_until: Date | number;
      event_id: string;
    }>(`SELECT place, level, known_at, known_until, event_id FROM levels ORDER BY sequence`);
    return rows.map(({ place, level, known_at, known_until, event_id }) => ({
      place,
      level,
      from: known_at.toISOString(),
      until: known_until instanceof Date ? known_until.toISOString() : 'infinity',
      event: event_id,
    }));
  };

  test('each ends the one before it, in the batch and in the rows; other keys are other facts', async () => {
    const [first, second, third] = [row(1), row(2), row(3)];
    const elsewhere = row(2, { place: 'b' });
    await write([first!, second!, elsewhere]);
    await write([third!, row(4, { day: '2021-08-02' })]);
    expect((await stored()).map(({ place, from, until }) => [place, from, until])).toEqual([
      ['a', minute(1), minute(2)],
      ['a', minute(2), minute(3)],
      ['a', minute(3), 'infinity'],
      ['b', minute(2), 'infinity'],
      ['a', minute(4), 'infinity'],
    ]);
  });

  test('a fact that is stored, or comes twice, is left out', async () => {
    const once = row(1);
    await write([once, { ...once, known_at: minute(5) }]);
    await write([{ ...once, known_at: minute(7) }]);
    expect(await stored()).toHaveLength(1);
    expect((await stored())[0]).toMatchObject({ from: minute(1), until: 'infinity' });
  });

  test('where values are compared, saying the same again is no news: null and nothing are the same', async () => {
    const compared = ['level', 'note'];
    await write([row(1, { level: 5 }), row(2, { level: 5 })], { compared });
    await write([row(3, { level: 5, note: null }), row(4, { level: 6 }), row(5, { level: 6, note: 'x' })], {
      compared,
    });
    await write([row(6, { level: 6, note: 'x' })], { compared });
    expect((await stored()).map(({ level, from, until }) => [level, from, until])).toEqual([
      [5, minute(1), minute(4)],
      [6, minute(4), minute(5)],
      [6, minute(5), 'infinity'],
    ]);
  });

  test('nothing to write is written without a statement', async () => {
    await write([]);
    expect(await stored()).toEqual([]);
  });

  test('what is known never goes back, however late it was recorded and however it is cut into batches', async () => {
    const batches = fc.array(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(batches, async (recorded) => {
        await server.database.query('TRUNCATE levels');
        for (const batch of recorded) await write(batch.map((known) => row(known)));
        const all = recorded.flat();
        const known = all.map((_, index) => minute(Math.max(...all.slice(0, index + 1))));
        expect((await stored()).map(({ from, until }) => [from, until])).toEqual(
          known.map((from, index) => [from, known[index + 1] ?? 'infinity']),
        );
      }),
      { numRuns: 25 },
    );
  });
});
