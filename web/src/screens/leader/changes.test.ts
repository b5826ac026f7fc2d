import type { Figure } from '@vungxanh/services/contracts/http.ts';
import { expect, test } from 'vitest';
import { changesOf } from './changes.ts';

const figures = (values: Record<string, number | null>) => (formula: string) =>
  formula in values ? ({ formula, formulaVersion: 1, unit: '', value: values[formula]! } as Figure) : undefined;

test('what changed since yesterday, the largest in proportion first, without windows that run on', () => {
  const changes = changesOf(
    ['cases-7d', 'active-cases', 'beds-free', 'violations-open', 'businesses-active', 'new', 'gone'],
    figures({
      'cases-7d': 300,
      'active-cases': 110,
      'beds-free': 50,
      'violations-open': 9,
      'businesses-active': 7,
      new: 3,
      gone: null,
    }),
    figures({
      'cases-7d': 400,
      'active-cases': 100,
      'beds-free': 100,
      'violations-open': 9,
      'businesses-active': 8,
      new: null,
      gone: 4,
    }),
  );
  expect(changes.map(({ formula, before }) => [formula, before])).toEqual([
    ['beds-free', 100],
    ['businesses-active', 8],
    ['active-cases', 100],
    ['new', null],
  ]);
});
