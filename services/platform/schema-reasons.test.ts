import { z } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import { fieldErrors, inLanguage, wordedErrors } from './problem.ts';

const schema = z.object({
  age: z.number().int().min(0).max(125),
  share: z.number().gt(0).lt(1).optional(),
  name: z.string().min(2).max(3),
  list: z.array(z.string()).min(1).max(2).optional(),
  kind: z.enum(['a', 'b']),
  day: z.iso.date(),
  at: z.iso.datetime({ offset: true }).optional(),
  id: z.string().regex(/^\d+$/, 'digits').optional(),
  even: z
    .number()
    .refine((number) => number % 2 === 0, { error: 'even', params: { vi: 'số chẵn' } })
    .optional(),
});
const fitting = { age: 1, name: 'ab', kind: 'a', day: '2026-11-30' };

test.each<[object, string, string, string | RegExp]>([
  [{ age: 126 }, 'age', 'nhiều nhất là 125', /; at most 125$/],
  [{ age: -1 }, 'age', 'ít nhất là 0', /; at least 0$/],
  [{ age: 1.5 }, 'age', 'phải là số nguyên', /expected int/],
  [{ age: 'x' }, 'age', 'phải là số', /expected number, received string/],
  [{ age: undefined }, 'age', 'bắt buộc', /received undefined/],
  [{ share: 0 }, 'share', 'ít nhất 0, không kể 0', /; at least 0$/],
  [{ share: 1 }, 'share', 'nhiều nhất 1, không kể 1', /; at most 1$/],
  [{ name: 'a' }, 'name', 'ít nhất 2 ký tự', /; at least 2$/],
  [{ name: 'abcd' }, 'name', 'nhiều nhất 3 ký tự', /; at most 3$/],
  [{ list: [] }, 'list', 'ít nhất 1 phần tử', /; at least 1$/],
  [{ list: 'x' }, 'list', 'phải là danh sách', /expected array/],
  [{ kind: 'c' }, 'kind', 'một trong: "a", "b"', 'one of "a", "b"'],
  [{ day: '2026-02-30' }, 'day', 'không phải một ngày (YYYY-MM-DD)', 'Invalid ISO date'],
  [{ at: 'noon' }, 'at', 'không phải một thời điểm có múi giờ (RFC 3339)', 'Invalid ISO datetime'],
  [{ even: 1 }, 'even', 'số chẵn', 'even'],
  // What a schema says itself, it says in English.
  [{ id: 'x' }, 'id', 'digits', 'digits'],
])('%j: field and bound, in Vietnamese and in English', (change, field, vi, en) => {
  const input = { ...fitting, ...change };
  const { error } = schema.safeParse(input);
  const told = wordedErrors(error!, input, ['json']);
  expect(told.map((fault) => inLanguage(fault, 'vi'))).toMatchObject([{ field: `json.${field}`, reason: vi }]);
  const [value] = Object.values(change) as unknown[];
  expect(fieldErrors(error!, input)).toEqual([
    { field, value: Array.isArray(value) ? 'array of 0' : value, reason: expect.stringMatching(en) },
  ]);
});
