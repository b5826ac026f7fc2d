import { expect, test } from 'vitest';
import { followImport, type ImportReport } from './import-answer.ts';

const report = (more: Partial<ImportReport>): ImportReport => ({
  id: 'i1',
  state: 'running',
  progress: 0,
  mapping: [],
  rejectedRows: [],
  ...more,
});

test('a file that takes its time is looked after until it is over, each step told', async () => {
  const answers = [report({ progress: 0.5 }), report({ state: 'done', progress: 1, accepted: 9 })];
  const told: number[] = [];
  const looked: string[] = [];
  const end = await followImport({
    begin: async () => report({ progress: 0.1 }),
    look: async (id) => {
      looked.push(id);
      return answers.shift()!;
    },
    wait: async () => {},
    onProgress: ({ progress }) => told.push(progress),
  });
  expect(end).toMatchObject({ state: 'done', accepted: 9 });
  expect(told).toEqual([0.1, 0.5, 1]);
  expect(looked).toEqual(['i1', 'i1']);
});

test('what is over at once, or refused, is not asked for again', async () => {
  const look = async () => {
    throw new Error('asked again');
  };
  const refused = report({ state: 'refused', reason: 'line 7 has 9 cells' });
  expect(await followImport({ begin: async () => refused, look, wait: async () => {}, onProgress: () => {} })).toBe(
    refused,
  );
});
