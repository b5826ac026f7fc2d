import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CaseEvent, type CaseVersion, foldCases, type Waiting } from './evolve.ts';

const at = (minute: number) => new Date(Date.UTC(2021, 7, 1, 0, minute)).toISOString();
const dayOf = (day: number) => `2021-08-${String(day).padStart(2, '0')}`;
const event = (type: CaseEvent['type'], id: string, data: object, change: object = {}): CaseEvent =>
  ({
    specversion: '1.0',
    id,
    source: '/lab',
    type,
    time: at(0),
    district: 'q7',
    recordedtime: at(0),
    authid: 'feed:/lab',
    data: { caseId: 'c', ...data },
    ...change,
  }) as CaseEvent;

/** Rows as a table would hold them, written in batches of these sizes. What is read back is what was written, as JSON keeps it. */
function rowsOf(events: readonly CaseEvent[], sizes: readonly number[] = [events.length || 1]) {
  const rows: CaseVersion[] = [];
  const waiting = new Map<number, Waiting>();
  for (let from = 0, round = 0; from < events.length; round++) {
    const batch = events
      .slice(from, from + sizes[round % sizes.length]!)
      .map((one, index) => ({ sequence: from + index + 1, event: one }));
    from += batch.length;
    const stored: CaseVersion[] = JSON.parse(JSON.stringify(rows));
    const current = new Map(stored.filter((row) => row.knownUntil === 'infinity').map((row) => [row.caseId, row]));
    const heard = new Set([
      ...stored.map(({ eventId }) => eventId),
      ...[...waiting.values()].map((one) => `${one.event.source} ${one.event.id}`),
    ]);
    const early = Map.groupBy(waiting.values(), (one) => one.event.data.caseId);
    const folded = foldCases(current, (_caseId, eventId) => heard.has(eventId), batch, early);
    for (const { sequence, knownUntil } of folded.closed)
      rows.find((row) => row.sequence === sequence)!.knownUntil = knownUntil;
    rows.push(...folded.versions);
    for (const one of folded.waiting ?? []) waiting.set(one.sequence, one);
  }
  return { rows, waiting: [...waiting.values()] };
}

/** What is true of a case, without its place in the journal. */
function stateOf(events: readonly CaseEvent[]) {
  const { rows } = rowsOf(events);
  const current = rows.find(({ knownUntil }) => knownUntil === 'infinity');
  if (!current) return undefined;
  const { firstSequence: _first, sequence: _sequence, eventId: _id, knownAt: _known, said: _said, ...state } = current;
  return state;
}

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const day = fc.integer({ min: 1, max: 28 }).map(dayOf);
const place = {
  areaId: maybe(fc.constantFrom('W1', 'W2')),
  location: maybe(fc.constantFrom({ lon: 106.7, lat: 10.7 }, { lon: 106.75, lat: 10.72 })),
};
const details = {
  ...place,
  ageYears: maybe(fc.integer({ min: 0, max: 3 })),
  onsetDate: maybe(day),
  specimenDate: maybe(day),
  exposure: maybe(fc.constantFrom('community', 'quarantine', 'unknown')),
};
const status = fc.constantFrom('active', 'hospitalised', 'recovered', 'deceased', 'not-a-case');
const moment = fc.integer({ min: 0, max: 5 });
/** Days in the world, so that outcomes come before and after the onset; noon, or an hour at which it is the next day in the district. */
const since = fc.oneof(
  moment.map(at),
  fc.tuple(day, fc.constantFrom('05:00', '18:00')).map(([of, hour]) => `${of}T${hour}:00.000Z`),
);
const fact = fc.oneof(
  fc.record({
    type: fc.constant('case-confirmed' as const),
    data: fc.record({
      ...details,
      confirmedDate: day,
      status: maybe(status),
      sex: maybe(fc.constantFrom('male', 'female')),
    }),
    time: moment,
    recorded: moment,
    source: fc.constantFrom('/lab', 'import/cases/monday.csv', 'import/cases/tuesday.csv'),
  }),
  fc.record({
    type: fc.constant('case-corrected' as const),
    data: fc.record({ ...details, confirmedDate: maybe(day) }),
    time: moment,
    recorded: moment,
    source: fc.constant('/lab'),
  }),
  fc.record({
    type: fc.constant('case-status-changed' as const),
    data: fc.record({ status, since: maybe(since) }),
    time: moment,
    recorded: moment,
    source: fc.constant('/lab'),
  }),
);
const events = fc.array(fact, { minLength: 1, maxLength: 9 }).map((facts) =>
  facts.map(({ type, data, time, recorded, source }, index) =>
    event(type, `e${index}`, JSON.parse(JSON.stringify(data)), {
      time: at(time),
      recordedtime: at(recorded),
      source,
    }),
  ),
);
/** The events in another order, some of them more than once. */
const heardTwice = events.chain((said) =>
  fc.tuple(
    fc.constant(said),
    fc
      .tuple(
        fc.shuffledSubarray(said, { minLength: said.length, maxLength: said.length }),
        fc.shuffledSubarray(said, { minLength: 0, maxLength: said.length }),
      )
      .map(([all, again]) => [...all, ...again]),
  ),
);

describe('the current state of a case', () => {
  test('is the same in any order of arrival and with any repetition', () => {
    fc.assert(
      fc.property(heardTwice, ([said, otherwise]) => {
        expect(stateOf(otherwise)).toEqual(stateOf(said));
      }),
      { numRuns: 2000 },
    );
  });

  test('and all its versions are the same however the journal is cut into batches', () => {
    fc.assert(
      fc.property(heardTwice, fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 }), ([, heard], sizes) => {
        const written = (cut: readonly number[] | undefined) => JSON.parse(JSON.stringify(rowsOf(heard, cut)));
        expect(written(sizes)).toEqual(written(undefined));
      }),
      { numRuns: 1000 },
    );
  });

  test('one version is open, each ends where the next is known, and nothing is known earlier than what stands before it', () => {
    fc.assert(
      fc.property(heardTwice, ([, heard]) => {
        const { rows } = rowsOf(heard);
        const known = rows.map(({ knownAt }) => knownAt);
        expect(known).toEqual(known.toSorted());
        expect(rows.map(({ knownUntil }) => knownUntil)).toEqual(rows.length ? [...known.slice(1), 'infinity'] : []);
      }),
    );
  });
});

describe('an outcome that is before the onset of its case', () => {
  const confirmation = event('case-confirmed', 'a', { confirmedDate: dayOf(20), onsetDate: dayOf(18) });
  const ended = (status: string, of: number, id: string = status) =>
    event(
      'case-status-changed',
      id,
      { status, since: `${dayOf(of)}T05:00:00.000Z` },
      { time: `${dayOf(of)}T05:00:00.000Z`, recordedtime: `${dayOf(27)}T05:00:00.000Z` },
    );
  const onset = (of: number) =>
    event('case-corrected', `onset ${of}`, { onsetDate: dayOf(of) }, { time: at(60), recordedtime: at(60) });
  const orders = (said: readonly CaseEvent[]): CaseEvent[][] =>
    said.length < 2 ? [[...said]] : said.flatMap((one, at) => orders(said.toSpliced(at, 1)).map((o) => [one, ...o]));

  test.each([
    ['one day before', [confirmation, ended('recovered', 17)], 'active'],
    ['on its day', [confirmation, ended('recovered', 18)], 'recovered'],
    ['a correction makes it possible', [confirmation, ended('recovered', 17), onset(17)], 'recovered'],
    ['a correction makes it impossible', [confirmation, ended('recovered', 18), onset(19)], 'active'],
    ['what stood before it holds', [confirmation, ended('hospitalised', 16), ended('recovered', 17)], 'hospitalised'],
    ['a later one holds', [confirmation, ended('recovered', 17), ended('deceased', 19)], 'deceased'],
    ['a step after it holds', [confirmation, ended('recovered', 17), ended('hospitalised', 19)], 'hospitalised'],
    ['neither of two', [confirmation, ended('recovered', 16), ended('deceased', 17)], 'active'],
    [
      'no day of the onset is known',
      [{ ...confirmation, data: { caseId: 'c', confirmedDate: dayOf(20) } }, ended('recovered', 17)],
      'recovered',
    ],
  ] as [string, CaseEvent[], string][])('%s, in every order and every cut of the journal', (_, said, right) => {
    for (const order of orders(said))
      for (const sizes of [[1], [2], [said.length]]) {
        const current = rowsOf(order, sizes).rows.find(({ knownUntil }) => knownUntil === 'infinity');
        expect(current?.status).toBe(right);
        expect(stateOf(order)).toEqual(stateOf(said));
      }
  });
});

describe('a line list that is sent again each day', () => {
  const row = (file: string, recorded: number, data: object) =>
    event(
      'case-confirmed',
      `${file} ${JSON.stringify(data)}`,
      { confirmedDate: dayOf(20), ...data },
      { source: `import/cases/${file}.csv`, time: at(720), recordedtime: at(recorded), authid: 'import' },
    );
  const corrected = event(
    'case-corrected',
    'k',
    { onsetDate: dayOf(18), areaId: 'W2' },
    { recordedtime: at(50), time: at(50) },
  );
  /** On the 19th. */
  const died = at(27_000);
  const dead = event('case-status-changed', 's', { status: 'deceased' }, { recordedtime: at(60), time: died });

  test('undoes no correction and no outcome, and what it does not say stays', () => {
    const first = row('monday', 10, { areaId: 'W1', ageYears: 70, onsetDate: dayOf(17), sex: 'male' });
    const again = row('tuesday', 1500, { areaId: 'W1', onsetDate: dayOf(17) });
    expect(stateOf([first, corrected, dead, again])).toMatchObject({
      areaId: 'W2',
      onsetDate: dayOf(18),
      ageYears: 70,
      sex: 'male',
      status: 'deceased',
      statusSince: died,
    });
  });

  test('changes what it says: a value, an outcome, also a confirmation that was earlier', () => {
    const first = row('monday', 10, { areaId: 'W1', ageYears: 70, status: 'active' });
    const again = event(
      'case-confirmed',
      'again',
      { confirmedDate: dayOf(19), areaId: 'W3', status: 'recovered' },
      { source: 'import/cases/tuesday.csv', time: at(-720), recordedtime: at(1500) },
    );
    expect(stateOf([first, again])).toMatchObject({
      areaId: 'W3',
      ageYears: 70,
      status: 'recovered',
      confirmedDate: dayOf(19),
      eventDate: dayOf(19),
    });
  });

  test('keeps a place that it does not give, while it names the same area', () => {
    const located = row('monday', 10, { areaId: 'W1', location: { lon: 106.7, lat: 10.7 } });
    expect(stateOf([located, row('tuesday', 1500, { areaId: 'W1' })])).toMatchObject({ areaId: 'W1', lon: 106.7 });
    expect(stateOf([located, row('tuesday', 1500, { areaId: 'W2' })])).toMatchObject({ areaId: 'W2', lon: null });
  });
});

describe('a change that comes before its case', () => {
  const dead = event('case-status-changed', 'pp1', { status: 'deceased', since: at(60) }, { time: at(60) });
  const born = event('case-confirmed', 'pp2', { confirmedDate: dayOf(1) }, { recordedtime: at(5) });

  test('waits, makes no row, and is taken up by the confirmation', () => {
    const before = rowsOf([dead]);
    expect(before.rows).toEqual([]);
    expect(before.waiting).toMatchObject([{ sequence: 1, appliedBy: null }]);
    const { rows, waiting } = rowsOf([dead, born], [1]);
    expect(rows).toMatchObject([
      {
        status: 'deceased',
        statusSince: at(60),
        firstSequence: 1,
        sequence: 2,
        knownAt: at(5),
        knownUntil: 'infinity',
      },
    ]);
    expect(waiting).toMatchObject([{ sequence: 1, appliedBy: 2 }]);
  });

  test('a correction stands above the confirmation, also when both are of one moment', () => {
    const correction = event('case-corrected', 'cc', { ageYears: 44 });
    const confirmation = event('case-confirmed', 'LC', { confirmedDate: dayOf(1), ageYears: 40 });
    expect(stateOf([correction, confirmation])).toMatchObject({ ageYears: 44 });
    expect(stateOf([confirmation, correction])).toMatchObject({ ageYears: 44 });
  });

  test('an older status that arrives late does not undo a newer one', () => {
    const ill = event(
      'case-status-changed',
      'ill',
      { status: 'hospitalised', since: at(30) },
      { recordedtime: at(90) },
    );
    const died: CaseEvent = { ...dead, recordedtime: at(60) };
    expect(stateOf([born, died, ill])).toMatchObject({ status: 'deceased', statusSince: at(60) });
  });
});

test('commands of one moment hold in the order of the journal: the clock of an exercise may stand still', () => {
  const change = (id: string, to: string) =>
    event('case-status-changed', id, { status: to }, { authid: undefined, source: '/epidemic' });
  const born = event('case-confirmed', 'born', { confirmedDate: dayOf(1) });
  expect(stateOf([born, change('b', 'hospitalised'), change('a', 'recovered')])).toMatchObject({ status: 'recovered' });
});
