import { expect, test } from 'vitest';
import { known, knownSince } from './known.ts';

test('now is the condition of the partial indexes, and has no parameter', () => {
  expect(known('v', { asOf: undefined })).toMatchObject({ text: "v.known_until = 'infinity'", values: [] });
  expect(knownSince('v', { asOf: undefined })).toMatchObject({ text: 'true', values: [] });
});

test('a moment is from known_at on, and before known_until', () => {
  const asOf = '2021-08-01T00:00:00Z';
  expect(known('v', { asOf })).toMatchObject({
    text: 'v.known_at <= $1::timestamptz AND v.known_until > $2::timestamptz',
    values: [asOf, asOf],
  });
  expect(knownSince('d', { asOf })).toMatchObject({ text: 'd.known_at <= $1::timestamptz', values: [asOf] });
});
