import { expect, test } from 'vitest';
import { stepNotLawful, unknownDistrict } from './problem.ts';

test('an unknown district names the parameter, what stood in it, and where the known ones are', () => {
  const errors = (field: string) => [{ field, value: 'q9', reason: 'one of GET /api/districts' }];
  const told = { type: 'about:blank', title: 'No such district', status: 404 };
  expect(unknownDistrict('q9').toJSON()).toEqual({ ...told, errors: errors('query.district') });
  expect(unknownDistrict('q9', 'param.id').toJSON()).toEqual({ ...told, errors: errors('param.id') });
});

test('an unlawful step is told with where it stands and what may follow', () => {
  expect(
    stepNotLawful({ step: 'close', field: 'step', from: 'reported', lawful: ['verify', 'dismiss'] }).toJSON(),
  ).toEqual({
    type: 'about:blank',
    title: 'The step is not lawful now',
    status: 409,
    detail: 'close cannot follow reported; lawful: verify, dismiss',
    errors: [{ field: 'step', value: 'close', reason: 'one of verify, dismiss' }],
    currentStatus: 'reported',
    lawfulSteps: ['verify', 'dismiss'],
  });
});

test('at the end nothing may follow; what else the answer holds is added', () => {
  const problem = stepNotLawful(
    { step: 'open', field: 'status', from: undefined, lawful: [] },
    { detail: 'never opened', extensions: { current: null } },
  ).toJSON();
  expect(problem).toMatchObject({ detail: 'never opened', currentStatus: null, lawfulSteps: [], current: null });
  expect(problem.errors).toEqual([{ field: 'status', value: 'open', reason: 'one of (none)' }]);
});
