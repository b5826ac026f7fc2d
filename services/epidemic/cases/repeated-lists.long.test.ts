import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CaseEvent, type CaseVersion, foldCases, type Waiting } from './evolve.ts';

const at = (minute: number) => new Date(Date.UTC(2021, 7, 20, 0, minute)).toISOString();
const list = 'import/cases/list.csv';
const event = (type: CaseEvent['type'], minute: number, data: object, change: object = {}): CaseEvent =>
  ({
    specversion: '1.0',
    id: `e${minute}`,
    source: '/epidemic',
    type,
    time: at(minute),
    district: 'q7',
    recordedtime: at(minute),
    data: { caseId: 'c', ...data },
    ...change,
  }) as CaseEvent;
/** The row of the case in the list that is handed in at this minute. */
const listed = (minute: number, data: object = {}, source = list) =>
  event('case-confirmed', minute, { confirmedDate: '2021-08-19', ...data }, { source, authid: 'import', time: at(0) });
const corrected = (minute: number, data: object) => event('case-corrected', minute, data);
const became = (minute: number, status: string) => event('case-status-changed', minute, { status });

/** All rows, written one event after the other: what is kept between is what a table holds. */
function rowsOf(events: readonly CaseEvent[]) {
  const rows: CaseVersion[] = [];
  const kept: Waiting[] = [];
  for (const [index, one] of events.entries()) {
    const current = rows.find(({ knownUntil }) => knownUntil === 'infinity');
    const stored: CaseVersion[] = JSON.parse(JSON.stringify(current ? [current] : []));
    const heard = new Set([
      ...rows.map(({ eventId }) => eventId),
      ...kept.map((was) => `${was.event.source} ${was.event.id}`),
    ]);
    const { versions, closed, waiting } = foldCases(
      new Map(stored.map((row) => [row.caseId, row])),
      (_caseId, eventId) => heard.has(eventId),
      [{ sequence: index + 1, event: one }],
      new Map([['c', kept]]),
    );
    for (const { knownUntil } of closed) current!.knownUntil = knownUntil;
    rows.push(...versions);
    for (const changed of waiting ?? []) {
      const known = kept.findIndex(({ sequence }) => sequence === changed.sequence);
      if (known >= 0) kept[known] = changed;
      else kept.push(changed);
    }
  }
  return rows;
}
const now = (...events: CaseEvent[]) => rowsOf(events).at(-1)!;

describe('a list that is handed in again each day', () => {
  test('keeps what a person typed where it says the same, also a place that a person took away', () => {
    const row = { areaId: 'W1', location: { lon: 106.7, lat: 10.7 }, ageYears: 40 };
    expect(now(listed(1, row), corrected(2, { ageYears: 41, areaId: 'W2' }), listed(3, row))).toMatchObject({
      ageYears: 41,
      areaId: 'W2',
      lon: null,
    });
  });

  test('changes what is another in it, whatever a person typed in between', () => {
    const before = [listed(1, { areaId: 'W1', ageYears: 40, status: 'active' }), became(2, 'hospitalised')];
    const typed = corrected(3, { ageYears: 41, areaId: 'W2' });
    expect(now(...before, typed, listed(4, { areaId: 'W3', ageYears: 42, status: 'deceased' }))).toMatchObject({
      areaId: 'W3',
      ageYears: 42,
      status: 'deceased',
      statusSince: at(4),
    });
    expect(now(...before, typed, listed(4, { areaId: 'W1', ageYears: 40, status: 'active' }))).toMatchObject({
      areaId: 'W2',
      ageYears: 41,
      status: 'hospitalised',
    });
  });

  test('returns to an earlier value: A, B, A', () => {
    const [a, b] = [
      { ageYears: 40, status: 'active' },
      { ageYears: 42, status: 'recovered' },
    ];
    expect(now(listed(1, a), listed(2, b), listed(3, a))).toMatchObject({ ageYears: 40, status: 'active' });
    expect(now(listed(1, a), listed(2, b), became(3, 'not-a-case'), listed(4, a))).toMatchObject({ status: 'active' });
  });

  test('moves its place with the area that it names, and back', () => {
    const [here, there] = [
      { lon: 106.7, lat: 10.7 },
      { lon: 106.75, lat: 10.72 },
    ];
    const rows = [listed(1, { areaId: 'W1', location: here }), corrected(2, { location: there })];
    const moved = listed(3, { areaId: 'W2', location: here });
    expect(now(...rows, moved)).toMatchObject({ areaId: 'W2', lon: 106.7 });
    expect(now(...rows, moved, listed(4, { areaId: 'W1', location: here }))).toMatchObject({
      areaId: 'W1',
      lon: 106.7,
    });
    // The area is the same as before, and is said with the new place.
    expect(
      now(listed(1, { areaId: 'W1', location: here }), listed(2, { areaId: 'W1', location: there })),
    ).toMatchObject({ areaId: 'W1', lon: 106.75 });
  });

  test('makes no version where nothing changes, and one where something does', () => {
    const row = { areaId: 'W1', ageYears: 40 };
    expect(rowsOf([listed(1, row), listed(2, row), listed(3, row, 'import/cases/other.csv')])).toHaveLength(1);
    const rows = rowsOf([
      listed(1, row),
      listed(2, row),
      corrected(3, { ageYears: 41 }),
      listed(4, row),
      listed(5, { areaId: 'W2' }),
    ]);
    expect(rows.map(({ sequence, knownAt, knownUntil }) => [sequence, knownAt, knownUntil])).toEqual([
      [1, at(1), at(3)],
      [3, at(3), at(5)],
      [5, at(5), 'infinity'],
    ]);
  });

  test('of a feed that is no file: a repetition makes no version either, and a birth stays below what was typed', () => {
    const born = (minute: number, ageYears: number) => listed(minute, { ageYears }, '/lab');
    expect(rowsOf([born(1, 40), born(2, 40)])).toHaveLength(1);
    expect(now(born(1, 40), corrected(2, { ageYears: 41 }), born(3, 42))).toMatchObject({ ageYears: 41 });
  });
});

const details = fc.record(
  { ageYears: fc.integer({ min: 0, max: 2 }), status: fc.constantFrom('active', 'recovered', 'deceased') },
  { requiredKeys: [] },
);
type Said = { ageYears?: number; status?: string };

test('lists, typed corrections and typed statuses in any sequence are what a plain model says', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), details), { minLength: 1, maxLength: 10 }),
      fc.integer({ min: 0, max: 2 }),
      (later, firstAge) => {
        const events: CaseEvent[] = [listed(1, { ageYears: firstAge })];
        const model: Said = { ageYears: firstAge, status: 'active' };
        const file: Said = { ageYears: firstAge };
        for (const [index, [fromFile, said]] of later.entries()) {
          const minute = 10 * (index + 1);
          if (fromFile) {
            events.push(listed(minute, said));
            if (said.ageYears !== undefined && said.ageYears !== file.ageYears) model.ageYears = said.ageYears;
            if (said.status !== undefined && said.status !== file.status) model.status = said.status;
            Object.assign(file, said);
          } else {
            if (said.ageYears !== undefined) events.push(corrected(minute, { ageYears: said.ageYears }));
            if (said.status !== undefined)
              events.push({ ...became(minute, said.status), id: `s${minute}` } as CaseEvent);
            Object.assign(model, said);
          }
        }
        expect(now(...events)).toMatchObject(model);
        // Arrived in another order, the state is the same.
        expect(now(events[0]!, ...events.slice(1).reverse())).toMatchObject(model);
      },
    ),
    { numRuns: 1000 },
  );
});

test('"unknown" in a row of a list says nothing of where the infection came from; said by anybody else it is said', () => {
  const exposureAfter = (...events: CaseEvent[]) => rowsOf(events).at(-1)!.exposure;
  const quarantine = listed(1, { exposure: 'quarantine' });
  expect(exposureAfter(quarantine, listed(2, { exposure: 'unknown', ageYears: 40 }))).toBe('quarantine');
  expect(exposureAfter(quarantine, corrected(2, { exposure: 'unknown' }))).toBe('unknown');
});
