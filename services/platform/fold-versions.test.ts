import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldVersions, keyOf, type StoredVersion, type VersionRow } from './fold-versions.ts';

const minute = (minutes: number) => new Date(Date.UTC(2021, 7, 1, 0, minutes)).toISOString();
const row = (sequence: number, known: number, change: Partial<VersionRow> = {}): VersionRow => ({
  district: 'q7',
  place: 'a',
  level: sequence,
  known_at: minute(known),
  sequence,
  event_id: `e${sequence}`,
  ...change,
});
const stored = (sequence: number, known: number, change: Partial<StoredVersion> = {}): StoredVersion => ({
  ...row(sequence, known),
  known_at: new Date(minute(known)),
  is_current: true,
  ...change,
});
const key = ['district', 'place'];
const fold = (before: StoredVersion[], rows: VersionRow[], compared?: string[]) =>
  foldVersions(before, rows, { key, ...(compared ? { compared } : {}) });
const spans = ({ versions }: ReturnType<typeof foldVersions>) =>
  versions.map(({ place, sequence, known_at, known_until }) => [place, sequence, known_at, known_until]);

test('a fact is named by all its columns', () => {
  expect(keyOf(row(1, 1), key)).toBe('q7 a');
});

describe('versions', () => {
  test('each ends the one before it in the batch; other keys are other facts', () => {
    const folded = fold([], [row(1, 1), row(2, 2, { place: 'b' }), row(3, 3)]);
    expect(spans(folded)).toEqual([
      ['a', 1, minute(1), minute(3)],
      ['b', 2, minute(2), 'infinity'],
      ['a', 3, minute(3), 'infinity'],
    ]);
    expect(folded.closed).toEqual([]);
    expect(folded.versions[0]).toEqual({ ...row(1, 1), known_until: minute(3) });
  });

  test('the first ends the stored one that is current, and no other', () => {
    const later = row(9, 9);
    const { closed, versions } = fold([stored(1, 1, { is_current: false }), stored(2, 2)], [later, row(10, 10)]);
    expect(closed).toEqual([{ key: later, sequence: 2, until: minute(9) }]);
    expect(versions.map(({ known_until }) => known_until)).toEqual([minute(10), 'infinity']);
    expect(fold([stored(1, 1, { is_current: false })], [later]).closed).toEqual([]);
    expect(fold([stored(1, 1, { place: 'b' })], [later]).closed).toEqual([]);
  });

  test('a fact that is stored, in whatever version, or comes twice, is left out; the same event of another key is not', () => {
    expect(fold([stored(1, 1, { is_current: false }), stored(2, 2)], [row(1, 5), row(2, 5)])).toEqual({
      versions: [],
      closed: [],
    });
    expect(fold([], [row(1, 1), row(1, 5)]).versions).toHaveLength(1);
    expect(fold([stored(1, 1)], [row(1, 5, { place: 'b' })]).versions).toHaveLength(1);
  });
});

describe('where values are compared', () => {
  test('the same again is no news, in the rows and in the batch; one that differs is', () => {
    const compared = ['level', 'note'];
    const same = (sequence: number, change: Partial<VersionRow> = {}) =>
      row(sequence, sequence, { level: 5, ...change });
    expect(fold([stored(1, 1, { level: 5 })], [same(2), same(3, { note: null })], compared).versions).toEqual([]);
    expect(spans(fold([], [same(1), same(2), same(3, { level: 6 }), same(4, { level: 6 })], compared))).toEqual([
      ['a', 1, minute(1), minute(3)],
      ['a', 3, minute(3), 'infinity'],
    ]);
    expect(fold([stored(1, 1, { level: 5, note: 'x' })], [same(2)], compared).versions).toHaveLength(1);
    expect(fold([stored(1, 1, { level: 5 })], [same(2, { note: 'x' })], compared).versions).toHaveLength(1);
    // Nothing else than what is compared makes a difference.
    expect(fold([stored(1, 1, { level: 5, other: 1 })], [same(2, { other: 2 })], compared).versions).toEqual([]);
  });

  test('nowhere said: every event is a version', () => {
    expect(fold([stored(1, 1, { level: 5 })], [row(2, 2, { level: 5 })]).versions).toHaveLength(1);
  });

  test('a repetition between two versions does not bring the later one forward', () => {
    const compared = ['level'];
    const folded = fold([stored(1, 1, { level: 5 })], [row(2, 2, { level: 5 }), row(3, 3, { level: 6 })], compared);
    expect(folded.closed).toEqual([{ key: row(3, 3, { level: 6 }), sequence: 1, until: minute(3) }]);
  });
});

test('what is known never goes back, whatever was recorded when, and versions follow one another without a gap', () => {
  const minutes = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(minutes, fc.option(fc.integer({ min: 0, max: 60 })), (recorded, before) => {
      const rows = recorded.map((known, index) => row(index + 2, known));
      const folded = fold(before === null ? [] : [stored(1, before)], rows);
      const known = recorded.map((_, index) => minute(Math.max(before ?? 0, ...recorded.slice(0, index + 1))));
      expect(folded.versions.map(({ known_at }) => known_at)).toEqual(known);
      expect(folded.versions.map(({ known_until }) => known_until)).toEqual([...known.slice(1), 'infinity']);
      expect(folded.closed.map(({ until }) => until)).toEqual(before === null ? [] : [known[0]]);
    }),
  );
});
