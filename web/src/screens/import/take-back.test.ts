import { expect, test } from 'vitest';
import { HttpProblem } from '../../api/http.ts';
import { type KnownEntity, takeBack } from './take-back.ts';

const withdrawal = {
  words: { vi: 'rút', en: 'withdrawn' },
  address: '/api/epidemic/cases',
  step: 'status',
  body: { status: 'not-a-case' },
  reason: 'reason',
  status: 'not-a-case',
};
const own = { source: 'import/cases/a.csv' };
const entities: Record<string, KnownEntity> = {
  fresh: { status: 'active', version: 4, history: [own] },
  twice: { status: 'active', version: 5, history: [own, own] },
  gone: { status: 'not-a-case', version: 6, history: [own, { source: 'epidemic' }] },
  nursed: { status: 'hospitalised', version: 7, history: [own, { source: 'epidemic' }] },
  raced: { status: 'active', version: 8, history: [own] },
};

test('only what nobody else has spoken of is taken back, on the version that was seen', async () => {
  const told: unknown[] = [];
  const progress: number[] = [];
  const result = await takeBack([...Object.keys(entities), 'hidden'], {
    ...own,
    withdrawal,
    reason: 'wrong file',
    ask: async (id) => {
      if (!entities[id]) throw new HttpProblem(404, 'not there');
      return entities[id];
    },
    tell: async (id, body, version) => {
      if (id === 'raced') throw new HttpProblem(412, 'changed');
      told.push([id, body, version]);
    },
    onProgress: (done) => progress.push(done),
  });
  expect(result).toMatchObject({ withdrawn: 2, already: 1, refused: [{ id: 'hidden', reason: 'not there' }] });
  expect(result.changed.toSorted()).toEqual(['nursed', 'raced']);
  const body = { status: 'not-a-case', reason: 'wrong file' };
  expect(told).toEqual([
    ['fresh', body, 4],
    ['twice', body, 5],
  ]);
  expect(progress).toEqual([1, 2, 3, 4, 5, 6]);
});
