import { expect, test } from 'vitest';
import { stretchesOf } from './circles.ts';

const revision = (areaId: string, parentId: string | null, abolished = false) => ({
  sequence: 1,
  subject: '',
  event: { data: { areaId, parentId, abolished } },
});
const names = (stretches: { event: { data: { areaId: string } } }[][]) =>
  stretches.map((stretch) => stretch.map(({ event }) => event.data.areaId).join(' '));

test('an area that others name as their parent is a stretch of its own, in the order in which they were said', () => {
  const said = [
    revision('w1', 'q'),
    revision('n1', 'w1'),
    revision('n2', 'w2'),
    revision('w2', 'q'),
    revision('n3', 'w1'),
  ];
  expect(names(stretchesOf(said, new Set(['q'])))).toEqual(['w1 n1 n2', 'w2', 'n3']);
});

test('what rows name counts, and so does an area that names itself', () => {
  expect(names(stretchesOf([revision('w1', 'q'), revision('x', 'x')], new Set(['w1'])))).toEqual(['w1', 'x']);
});

test('a root and an end close no circle', () => {
  const said = [revision('a', null), revision('b', 'q', true), revision('c', 'q')];
  expect(names(stretchesOf(said, new Set(['a', 'b'])))).toEqual(['a b c']);
});
