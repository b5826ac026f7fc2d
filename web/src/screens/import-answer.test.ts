import { expect, test } from 'vitest';
import { rejectedCount, rejectedLines } from './import-answer.ts';

const problem = { column: 'ngay', value: '31/02/2021', reason: 'no such day' };

test('rejected rows are told line by line, each of their problems', () => {
  const answer = {
    rejects: [
      { line: 7, problems: [problem, { field: 'areaId', value: 'Tân Phú', reason: 'two areas bear this name' }] },
    ],
  };
  expect(rejectedLines(answer)).toEqual([
    { line: 7, column: 'ngay', value: '31/02/2021', reason: 'no such day' },
    { line: 7, column: 'areaId', value: 'Tân Phú', reason: 'two areas bear this name' },
  ]);
  expect(rejectedCount(answer)).toBe(1);
});

test('a trial that only previews tells the problems of the previewed rows', () => {
  expect(rejectedLines({ rejected: 3, preview: [{ line: 2 }, { line: 3, problems: [problem] }] })).toEqual([
    { line: 3, column: 'ngay', value: '31/02/2021', reason: 'no such day' },
  ]);
  expect(rejectedCount({ rejected: 3 })).toBe(3);
  expect(rejectedCount({})).toBeUndefined();
});
