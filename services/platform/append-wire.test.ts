import { headers } from '@nats-io/transport-node';
import { expect, test } from 'vitest';
import { headerCarrier, journalHeader, questionHeader, unsendable } from './append-wire.ts';
import { isAtLeast } from './broker-version.ts';

const message = { subject: 'vx.q7.s.n.k', id: 'ca sốt 1', payload: '{}', expectedSubjectSequence: 7 };

test('a header is what the client itself writes', () => {
  const own = headers();
  own.set('Nats-Msg-Id', message.id);
  own.set('Nats-Expected-Last-Subject-Sequence', '7');
  expect(journalHeader(message)).toBe(own.toString());
  own.set('Nats-Batch-Id', 'b1');
  own.set('Nats-Batch-Sequence', '3');
  own.set('Nats-Batch-Commit', '1');
  expect(journalHeader(message, { batch: 'b1', number: 3, commit: true })).toBe(own.toString());
  const carrier = headerCarrier();
  carrier.text = own.toString();
  expect(carrier.encode()).toEqual(new TextEncoder().encode(own.toString()));
});

test('a question asks for a last message that there is not, with the sequence or without', () => {
  const asked = 'Nats-Expected-Last-Msg-Id: nobody\r\n\r\n';
  expect(questionHeader(message, 'nobody', true)).toBe(`${journalHeader(message).slice(0, -2)}${asked}`);
  const { expectedSubjectSequence: _, ...plain } = message;
  expect(questionHeader(message, 'nobody', false)).toBe(`${journalHeader(plain).slice(0, -2)}${asked}`);
});

test.each([
  ['a line break in the id', { ...message, id: 'a\r\nNats-Rollup: all' }, /line break/],
  ['a blank in the subject', { ...message, subject: 'vx.q7.a b' }, /subject/],
  ['a line break in the subject', { ...message, subject: 'vx.q7.a\r\nPUB' }, /subject/],
  ['an empty word in the subject', { ...message, subject: 'vx..a' }, /subject/],
  ['a payload above the limit', { ...message, payload: 'ố'.repeat(4000) }, /at most 10000/],
])('%s is never sent', (_name, wrong, reason) => {
  expect(unsendable(wrong, 10_000)).toMatch(reason);
});

test('what fits is sent', () => {
  expect(unsendable(message, 10_000)).toBeUndefined();
  expect(unsendable({ ...message, payload: 'x'.repeat(8900) }, 10_000)).toBeUndefined();
});

test.each([
  ['2.12.1', '2.12.1', true],
  ['2.15.1', '2.12.1', true],
  ['2.9.10', '2.12.1', false],
  ['2.12.0', '2.12.1', false],
  ['3.0.0', '2.12.1', true],
  ['2.14.0-beta.2', '2.12.1', true],
])('version %s is at least %s: %s', (version, least, expected) => {
  expect(isAtLeast(version, least)).toBe(expected);
});
