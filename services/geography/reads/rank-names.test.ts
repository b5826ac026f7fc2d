import { expect, test } from 'vitest';
import { plainName } from '../plain-name.ts';
import { rankNames } from './rank-names.ts';

const place = (id: string, name: string, similarity = 0.5) => ({
  id,
  kind: 'area',
  name,
  namePlain: plainName(name),
  similarity,
});
const city = [
  place('d7', 'Phường Tân Phú'),
  place('d9', 'Phường Tân Phú'),
  place('td', 'Quận Tân Phú'),
  place('tpt', 'Phường Tân Phú Trung'),
  place('ph', 'Phường Phú Hữu'),
];
const idsOf = (query: string) => rankNames(query, city);

test.each(['Tân Phú', 'tan phu', 'Tấn Phù'])('%s names three places, and asks which', (query) => {
  const { ambiguous, candidates } = idsOf(query);
  expect(ambiguous).toBe(true);
  expect(candidates.slice(0, 3).map(({ id }) => id)).toEqual(['td', 'd7', 'd9']);
  expect(candidates[3]!.id).toBe('tpt');
});

test('the kind of area narrows it, and one match is not ambiguous', () => {
  const first = (query: string) => {
    const { ambiguous, candidates } = idsOf(query);
    return [ambiguous, candidates[0]!.id, candidates[0]!.match];
  };
  expect(first('quan tan phu')).toEqual([false, 'td', 'plain']);
  expect(first('Quận Tân Phú')).toEqual([false, 'td', 'exact']);
  expect(idsOf('phường tân phú').ambiguous).toBe(true);
  expect(first('phu huu')).toEqual([false, 'ph', 'plain']);
});

test('right accents win over names that differ in accents only', () => {
  const two = [place('a', 'Phường Tân Quý'), place('b', 'Phường Tân Quy')];
  expect(rankNames('Tân Quý', two)).toMatchObject({ ambiguous: false, candidates: [{ id: 'a' }, { id: 'b' }] });
  expect(rankNames('Tân Quy', two)).toMatchObject({ ambiguous: false, candidates: [{ id: 'b' }, { id: 'a' }] });
  expect(rankNames('tan quy', [place('a', 'Phường Tân Quý'), place('c', 'Phường Tấn Quỳ')]).ambiguous).toBe(true);
});
