import { z } from '@hono/zod-openapi';
import { describe, expect, test } from 'vitest';
import { fieldErrors, Problem } from './problem.ts';

describe('a problem as problem+json', () => {
  test('says only what there is to say', () => {
    const problem = new Problem(404, 'No such thing');
    expect(problem.toJSON()).toEqual({ type: 'about:blank', title: 'No such thing', status: 404 });
    expect(problem).toMatchObject({
      name: 'Problem',
      message: 'No such thing',
      status: 404,
      errors: [],
      extensions: {},
      headers: {},
    });
  });

  test('carries detail, faults and extensions; headers and cause stay out of the body', () => {
    const cause = new Error('behind it');
    const errors = [{ field: 'a', value: 1, reason: 'less' }];
    const problem = new Problem(409, 'Not now', {
      detail: 'later',
      errors,
      extensions: { lawfulSteps: ['wait'] },
      headers: { 'retry-after': '5' },
      cause,
    });
    expect(problem.toJSON()).toEqual({
      type: 'about:blank',
      title: 'Not now',
      status: 409,
      detail: 'later',
      errors,
      lawfulSteps: ['wait'],
    });
    expect(problem.message).toBe('later');
    expect(problem.cause).toBe(cause);
    expect(problem.headers).toEqual({ 'retry-after': '5' });
  });
});

describe('fieldErrors', () => {
  const schema = z.object({
    age: z.number().min(0).max(125),
    kind: z.enum(['a', 'b']),
    name: z.string(),
    places: z.array(z.object({ lon: z.number() })).max(2),
  });
  const faults = (input: unknown, prefix?: string[]) => fieldErrors(schema.safeParse(input).error!, input, prefix);
  const good = { age: 3, kind: 'a', name: 'n', places: [{ lon: 1 }] };

  test('each fault with its field, what was sent and what is allowed', () => {
    const input = { age: -1, kind: 'c', name: 7, places: [{ lon: 1 }, { lon: 'x' }] };
    expect(faults(input)).toEqual([
      { field: 'age', value: -1, reason: expect.stringMatching(/; at least 0$/) },
      { field: 'kind', value: 'c', reason: 'one of "a", "b"' },
      { field: 'name', value: 7, reason: expect.stringMatching(/string/) },
      { field: 'places.1.lon', value: 'x', reason: expect.stringMatching(/number/) },
    ]);
    expect(faults({ ...good, age: 126 })).toEqual([
      { field: 'age', value: 126, reason: expect.stringMatching(/; at most 125$/) },
    ]);
    expect(faults({ ...good, age: 126 }, ['data', 'x'])[0]!.field).toBe('data.x.age');
  });

  test('a fault of the whole has a name too', () => {
    expect(faults('text')).toMatchObject([{ field: '(whole)', value: 'text' }]);
    expect(faults('text', ['data'])).toMatchObject([{ field: 'data', value: 'text' }]);
  });

  test('what is missing has no value, wherever the path ends', () => {
    expect(faults({ ...good, name: undefined })).toMatchObject([{ field: 'name', value: undefined }]);
    for (const a of [{ b: 1 }, null, 'text']) {
      const error = new z.ZodError([{ code: 'custom', path: ['a', 'b', 'c'], message: 'm', input: undefined }]);
      expect(fieldErrors(error, { a })).toEqual([{ field: 'a.b.c', value: undefined, reason: 'm' }]);
    }
  });

  test('long text is cut after 117 characters, 120 are shown whole; what holds more is told by its kind', () => {
    const shown = (name: unknown) =>
      faults({ ...good, name, age: -1, kind: name }).find(({ field }) => field === 'kind')!.value;
    expect(shown('x'.repeat(120))).toBe('x'.repeat(120));
    expect(shown('x'.repeat(121))).toBe(`${'x'.repeat(117)}...`);
    expect(shown([1, 2, 3])).toBe('array of 3');
    expect(shown({ a: 1 })).toBe('object');
    expect(shown(null)).toBeNull();
  });
});
