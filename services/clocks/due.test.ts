import { expect, test } from 'vitest';
import { compareDue, type DueRow, dueEventId, sayableAtOnce } from './due.ts';

const row = (entityId: string, dueAt: string, rule = 'reminded', sequence = 1): DueRow => ({
  ...{ entityId, rule, sequence, dueAt, type: 'errand-reminded', data: {}, headSequence: 1 },
});

test('said by time, of one time by entity, rule and number, so that two copies agree', () => {
  const ordered = [
    row('b', '2021-08-10T00:00:00.000Z'),
    row('a', '2021-08-10T00:00:01.000Z', 'called', 2),
    row('a', '2021-08-10T00:00:01.000Z', 'called', 10),
    row('a', '2021-08-10T00:00:01.000Z'),
    row('b', '2021-08-10T00:00:01.000Z', 'called'),
  ];
  expect(ordered.toReversed().sort(compareDue)).toEqual(ordered);
  expect(compareDue(ordered[0]!, { ...ordered[0]! })).toBe(0);
  for (const [index, one] of ordered.entries())
    for (const later of ordered.slice(index + 1))
      expect([Math.sign(compareDue(one, later)), Math.sign(compareDue(later, one))]).toEqual([-1, 1]);
});

test('what is said at once ends before the second due time of an entity; with none, it is all', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((entityId) => row(entityId, '2021-08-10T00:00:00.000Z'));
  const again = row('b', '2021-08-10T00:00:01.000Z');
  expect(sayableAtOnce([a!, b!, again, c!])).toEqual([a, b]);
  expect(sayableAtOnce([b!, again])).toEqual([b]);
  const all = [a!, b!, c!];
  expect(sayableAtOnce(all)).toEqual(all);
  expect(sayableAtOnce(all)).not.toBe(all);
  expect(sayableAtOnce([])).toEqual([]);
});

test('an id is the name as it is up to 128 characters, and a digest beyond', () => {
  const of = (length: number) => dueEventId({ entityId: 'e'.repeat(length - '/r/1'.length), rule: 'r', sequence: 1 });
  expect(of(128)).toBe(`${'e'.repeat(124)}/r/1`);
  expect(of(129)).toMatch(/^[0-9a-f]{64}$/);
  expect(of(130)).not.toBe(of(129));
});
