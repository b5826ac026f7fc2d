import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standing, type WithBirths, withListedBirth } from './births.ts';
import { type Registers, readRegisters, withStatement, writeRegisters } from './registers.ts';
import { birthOrder, changeOrder, handedIn } from './statement-order.ts';

interface Details {
  age: number;
  area: string;
}
type Registered = Registers<WithBirths<Details>>;

const at = (minute: number) => new Date(Date.UTC(2021, 7, 1, 0, minute)).toISOString();
const source = 'import/cases/list.csv';
const eventAt = (minute: number, from: string) => ({
  source: from,
  id: `e${minute}`,
  time: at(0),
  recordedtime: at(minute),
});

/** A file is handed in, or a person corrects; each at a minute of its own. */
type Heard = { minute: number; said: Partial<Details> } & ({ file: string } | { person: true });

const hear = (before: Registered, heard: Heard): Registered =>
  'file' in heard
    ? withListedBirth(before, heard.file, birthOrder(eventAt(heard.minute, heard.file)), heard.said)
    : withStatement<WithBirths<Details>>(
        before,
        heard.said,
        changeOrder({
          event: { ...eventAt(heard.minute, '/epidemic'), time: at(heard.minute) },
          sequence: heard.minute,
        }),
      );
const valuesOf = (registers: Registers<Details>) =>
  Object.fromEntries(Object.entries(registers).map(([name, register]) => [name, register.value]));
const shown = (...heard: Heard[]) => valuesOf(standing<Details>(heard.reduce<Registered>(hear, {})));
const file = (minute: number, said: Partial<Details>, name = source): Heard => ({ minute, said, file: name });
const person = (minute: number, said: Partial<Details>): Heard => ({ minute, said, person: true });

describe('a list that is handed in again', () => {
  test('says nothing where it says the same: a correction in between stays', () => {
    expect(shown(file(1, { age: 40 }), person(2, { age: 41 }), file(3, { age: 40 }))).toEqual({ age: 41 });
  });

  test('says what is another, above what was said until then', () => {
    expect(shown(file(1, { age: 40, area: 'W1' }), person(2, { age: 41 }), file(3, { age: 42, area: 'W1' }))).toEqual({
      age: 42,
      area: 'W1',
    });
    expect(shown(file(1, { age: 40 }), file(3, { age: 42 }), person(4, { age: 41 }))).toEqual({ age: 41 });
  });

  test('may return to an earlier value', () => {
    expect(shown(file(1, { age: 40 }), file(2, { age: 42 }), file(3, { age: 40 }))).toEqual({ age: 40 });
    expect(shown(file(1, { age: 40 }), file(2, { age: 42 }), person(3, { age: 7 }), file(4, { age: 40 }))).toEqual({
      age: 40,
    });
  });

  test('says nothing where a cell is blank, and something where one is filled in', () => {
    expect(shown(file(1, { age: 40 }), person(2, { age: 41 }), file(3, {}), file(4, { age: 40 }))).toEqual({ age: 41 });
    expect(shown(file(1, {}), person(2, { age: 41 }), file(3, { age: 40 }))).toEqual({ age: 40 });
  });

  test('is compared with what its own source said, and when that is new, with the files before it', () => {
    const other = 'import/cases/hospital.csv';
    const both = [file(1, { age: 40 }), file(2, { age: 50 }, other)];
    expect(shown(...both)).toEqual({ age: 50 });
    expect(shown(...both, file(3, { age: 40 }))).toEqual({ age: 50 });
    expect(shown(file(1, { age: 40 }), person(2, { age: 41 }), file(3, { age: 40 }, other))).toEqual({ age: 41 });
    expect(shown(file(1, { age: 40 }), file(2, { age: 42 }, 'import/b'), file(3, { age: 40 }, 'import/c'))).toEqual({
      age: 40,
    });
  });

  test('the first word of a file is below every change, however late it comes', () => {
    expect(shown(person(2, { age: 41 }), file(3, { age: 40 }))).toEqual({ age: 41 });
  });
});

test('what is new is told with the moment at which the file was handed in, and with all that it said', () => {
  const registers = [file(1, { age: 40 }), file(5, { age: 41, area: 'W1' })].reduce<Registered>(hear, {});
  const told: unknown[] = [];
  standing<Details>(registers, {
    news: (said, handed, whole) => {
      told.push(said, handed, whole);
      return said;
    },
  });
  expect(told).toEqual([{ age: 41, area: 'W1' }, at(5), { age: 41, area: 'W1' }]);
  expect(handedIn(birthOrder(eventAt(7, source)))).toBe(at(7));
});

test('what is said is kept as text, a repetition as its order alone', () => {
  const registers = [file(1, { age: 40 }), file(2, { age: 40 }), file(3, { age: 41 })].reduce<Registered>(hear, {});
  const written = writeRegisters(registers);
  expect(written.match(/"age":/g)).toHaveLength(2);
  expect(readRegisters(written)).toEqual(registers);
});

const said = fc.record(
  { age: fc.integer({ min: 0, max: 2 }), area: fc.constantFrom('W1', 'W2') },
  { requiredKeys: [] },
);
const history = fc
  .array(
    fc.oneof(
      fc.record({ said, file: fc.constantFrom(source, 'import/cases/b.csv') }),
      fc.record({ said, person: fc.constant(true as const) }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => all.map((one, index): Heard => ({ minute: index + 1, ...JSON.parse(JSON.stringify(one)) })));

/** The same by hand, in the order in which it was said. */
function model(heard: readonly Heard[]) {
  const now: Partial<Details> = {};
  const corrected = new Set<string>();
  const lastOf = new Map<string, Partial<Details>>();
  let lastOfAny: Partial<Details> = {};
  let anyFile = false;
  for (const one of heard) {
    if ('person' in one) {
      Object.assign(now, one.said);
      for (const name of Object.keys(one.said)) corrected.add(name);
      continue;
    }
    const before: Partial<Details> = { ...lastOfAny, ...lastOf.get(one.file) };
    for (const [name, value] of Object.entries(one.said) as [keyof Details, never][])
      if (anyFile ? before[name] !== value : !corrected.has(name)) now[name] = value;
    lastOf.set(one.file, { ...lastOf.get(one.file), ...one.said });
    lastOfAny = { ...lastOfAny, ...one.said };
    anyFile = true;
  }
  return now;
}

test('any sequence of files and corrections, in whatever order they arrive and however often, is what a plain model says', () => {
  fc.assert(
    fc.property(
      history.chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc
            .tuple(
              fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
              fc.shuffledSubarray(all, { minLength: 0, maxLength: all.length }),
            )
            .map(([once, again]) => [...once, ...again]),
        ),
      ),
      ([all, arrived]) => {
        expect(shown(...arrived)).toEqual(model(all));
      },
    ),
    { numRuns: 2000 },
  );
});

test('a file that comes a second time changes nothing, not even what is kept of it', () => {
  const once = [file(1, { age: 40 }), file(2, { age: 41 })].reduce<Registered>(hear, {});
  expect(hear(once, file(1, { age: 40 }))).toEqual(once);
});
