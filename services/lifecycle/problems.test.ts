import { expect, test } from 'vitest';
import { assertNotBefore, assertNotInFuture } from './problems.ts';

test('a clock that is five minutes ahead is believed, one that is further ahead is not', () => {
  const now = '2021-07-01T00:00:00Z';
  expect(() => assertNotInFuture('2021-07-01T00:05:00Z', now)).not.toThrow();
  expect(() => assertNotInFuture('2021-07-01T07:05:00.001+07:00', now)).toThrow(
    expect.objectContaining({
      status: 422,
      errors: [{ field: 'occurredAt', value: '2021-07-01T07:05:00.001+07:00', reason: `not after ${now}` }],
    }),
  );
});

test('a step may be at the moment of the one it follows, not before', () => {
  const reported = { status: 'reported', since: '2021-07-01T00:00:00Z' };
  expect(() => assertNotBefore('2021-07-01T00:00:00Z', reported)).not.toThrow();
  expect(() => assertNotBefore('2021-06-30T23:59:59.999Z', reported)).toThrow(
    expect.objectContaining({
      status: 422,
      errors: [
        {
          field: 'occurredAt',
          value: '2021-06-30T23:59:59.999Z',
          reason: 'not before reported at 2021-07-01T00:00:00Z',
        },
      ],
    }),
  );
});
