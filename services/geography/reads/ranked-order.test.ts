import { describe, expect, test } from 'vitest';
import { plainName } from '../plain-name.ts';
import { rankNames } from './rank-names.ts';

const place = (id: string, name: string, { similarity = 0.5, kind = 'area' } = {}) => ({
  id,
  kind,
  name,
  namePlain: plainName(name),
  similarity,
});
const ranked = (query: string, ...places: ReturnType<typeof place>[]) => rankNames(query, places);
const order = (query: string, ...places: ReturnType<typeof place>[]) =>
  ranked(query, ...places).candidates.map(({ id }) => id);
const matchOf = (query: string, name: string) => {
  const { match, score } = ranked(query, place('a', name, { similarity: 0.3 })).candidates[0]!;
  return [match, score];
};

describe('how a name is met', () => {
  test.each([
    ['Phường Tân Phú', 'Phường Tân Phú', 'exact', 1],
    ['  phường tân phú ', 'Phường Tân Phú', 'exact', 1],
    ['Tân Phú'.normalize('NFD'), 'Phường Tân Phú', 'exact', 1],
    ['TÂN PHÚ', 'Phường Tân Phú', 'exact', 1],
    ['phuong tan phu', 'Phường Tân Phú', 'plain', 1],
    ['tan phu', 'Phường Tân Phú', 'plain', 1],
    ['ân phú', 'Phường Tân Phú', 'similar', 0.3],
    ['Phường Tân Phú', 'Tân Phú', 'plain', 1],
    ['phường tân phú', 'Quận Tân Phú', 'prefix', 0.3],
    ['phuong tan', 'Phường Tân Phú', 'prefix', 0.3],
    ['tan', 'Phường Tân Phú', 'prefix', 0.3],
    ['uong', 'Phường Tân Phú', 'similar', 0.3],
  ])('%s meets %s: %s', (query, name, match, score) => {
    expect(matchOf(query, name)).toEqual([match, score]);
  });
});

describe('the order', () => {
  test('goes by the way of matching, however alike the rest is', () => {
    expect(
      order(
        'tân phú',
        place('similar', 'Tần Phố', { similarity: 0.99 }),
        place('prefix', 'Tân Phú Trung', { similarity: 0.1 }),
        place('plain', 'Tấn Phù', { similarity: 0.1 }),
        place('exact', 'Phường Tân Phú', { similarity: 0.1 }),
      ),
    ).toEqual(['exact', 'plain', 'prefix', 'similar']);
  });

  test('then by score, areas first, shorter names first, and by id at last', () => {
    expect(order('xyz', place('a', 'One', { similarity: 0.2 }), place('b', 'Two', { similarity: 0.4 }))).toEqual([
      'b',
      'a',
    ]);
    const [road, area] = [place('a', 'One', { kind: 'road' }), place('b', 'Longer name')];
    expect(order('xyz', road, area)).toEqual(['b', 'a']);
    expect(order('xyz', area, road)).toEqual(['b', 'a']);
    expect(order('xyz', place('a', 'Longer name'), place('b', 'One'))).toEqual(['b', 'a']);
    expect(order('xyz', place('b', 'One'), place('a', 'Two'))).toEqual(['a', 'b']);
    expect(order('xyz', place('a', 'One'), place('b', 'Two'))).toEqual(['a', 'b']);
  });
});

describe('asking which was meant', () => {
  test('where two share the best way and score, and only then', () => {
    expect(ranked('tan phu').ambiguous).toBe(false);
    expect(ranked('tan phu', place('a', 'Phường Tân Phú')).ambiguous).toBe(false);
    expect(ranked('tan phu', place('a', 'Phường Tân Phú'), place('b', 'Quận Tân Phú')).ambiguous).toBe(true);
    // Both are met without accents, or one of them with.
    expect(ranked('tân phú', place('a', 'Phường Tân Phú'), place('b', 'Phường Tấn Phù')).ambiguous).toBe(false);
    const similar = (first: number, second: number) =>
      ranked('xyz', place('a', 'One', { similarity: first }), place('b', 'Two', { similarity: second })).ambiguous;
    expect([similar(0.5, 0.5), similar(0.5, 0.4)]).toEqual([true, false]);
    // The same score by another way of matching.
    expect(
      ranked('tan', place('a', 'Tân Phú', { similarity: 0.5 }), place('b', 'Xóm', { similarity: 0.5 })).ambiguous,
    ).toBe(false);
  });
});
