import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Block, digestOf, hashOf, noBlock, noHead, type StoredMessage, sealBlock } from './block.ts';
import { brokenLink, damageOfBlock, damageOfCounts, nothingSealed, sayDamage, wordsOfDamage } from './damage.ts';
import { restMs } from './rest.ts';

const journal = { stream: 'VX_t', created: '2026-11-30T00:00:00Z' };
const message: StoredMessage = {
  sequence: 7,
  storedAt: '1700000000000000001',
  subject: 'vx.t.economy.business.b-1',
  headers: [['Nats-Msg-Id', ['one']]],
  payload: Buffer.from('{"a":1}'),
};
const at = (sequence: number) => ({ sequence, digest: digestOf({ ...message, sequence }) });
const moment = '2026-11-30T00:00:01Z';

describe('digest of a message', () => {
  test('is SHA-256 of place, time, subject, headers and payload', () => {
    const text = '7\n1700000000000000001\nvx.t.economy.business.b-1\nNats-Msg-Id: one\n\n{"a":1}';
    expect(digestOf(message)).toEqual(createHash('sha256').update(text).digest());
  });

  test.each<[string, Partial<StoredMessage>]>([
    ['sequence', { sequence: 8 }],
    ['time', { storedAt: '1700000000000000002' }],
    ['subject', { subject: 'vx.t.economy.business.b-2' }],
    ['a value of a header', { headers: [['Nats-Msg-Id', ['onf']]] }],
    ['a name of a header', { headers: [['Nats-Msg-Ie', ['one']]] }],
    ['one header more', { headers: [...message.headers, ['x', ['y']]] }],
    ['no header', { headers: [] }],
    ['a byte of the payload', { payload: Buffer.from('{"a":2}') }],
    ['an empty payload', { payload: Buffer.alloc(0) }],
  ])('another one with another %s', (_, change) => {
    expect(digestOf({ ...message, ...change }).equals(digestOf(message))).toBe(false);
  });
});

describe('blocks', () => {
  const first = sealBlock(journal, noHead, [at(1), at(2), at(5)], moment);
  const second = sealBlock(journal, first, [at(7)], moment);

  test('a block begins after the one before and says what was missing', () => {
    expect(first).toMatchObject({ number: 0, first: 1, last: 5, missing: [[3, 4]], previous: noBlock });
    expect(second).toMatchObject({ number: 1, first: 6, last: 7, missing: [[6, 6]], previous: first.hash });
  });

  test('links that fit', () => {
    expect(brokenLink(journal, noHead, first)).toBeUndefined();
    expect(brokenLink(journal, first, second)).toBeUndefined();
  });

  test.each<[string, Partial<Block>]>([
    ['number', { number: 2 }],
    ['first', { first: 7 }],
    ['last', { last: 8 }],
    ['missing', { missing: [] }],
    ['previous', { previous: noBlock }],
    ['hash', { hash: first.hash }],
    ['digests', { digests: Buffer.from(second.digests).fill(0, 3, 4) }],
  ])('a changed %s is found in the chain', (_, change) => {
    expect(brokenLink(journal, first, { ...second, ...change })).toMatch(/block/);
  });

  test('a block that is made anew to fit its change breaks the link after it', () => {
    const digests = Buffer.from(first.digests).fill(1, 0, 4);
    const forged = { ...first, digests, hash: hashOf(journal, { ...first, digests }) };
    expect(brokenLink(journal, noHead, forged)).toBeUndefined();
    expect(brokenLink(journal, forged, second)).toMatch(/does not follow/);
  });

  test("another journal's block does not fit", () => {
    expect(brokenLink({ ...journal, created: '2026-11-30T00:00:01Z' }, noHead, first)).toMatch(/not what its hash/);
  });
});

describe('a block and its journal', () => {
  const block = sealBlock(journal, noHead, [1, 2, 3, 6, 7, 8].map(at), moment);
  const there = (...sequences: number[]) => new Map(sequences.map((sequence) => [sequence, at(sequence).digest]));

  test('nothing when all is as it was; what was missing then is no damage', () => {
    expect(damageOfBlock(block, there(1, 2, 3, 6, 7, 8))).toEqual([]);
  });

  test('what cannot be read, in pieces', () => {
    expect(damageOfBlock(block, there(1, 6, 8))).toEqual([
      { kind: 'missing', from: 2, through: 3 },
      { kind: 'missing', from: 7, through: 7 },
    ]);
  });

  test('what is another one, and what was not there', () => {
    const digests = there(1, 2, 3, 4, 6, 7, 8).set(6, at(2).digest);
    expect(damageOfBlock(block, digests)).toEqual([
      { kind: 'changed', from: 6, through: 6 },
      { kind: 'unexpected', from: 4, through: 4 },
    ]);
  });
});

describe('counts at a start', () => {
  const sealed = { number: 3, last: 100, hash: 'x', missing: 2 };
  test.each([
    [100, 98, undefined],
    [120, 118, undefined],
    [99, 97, { kind: 'cut', from: 100, through: 100 }],
    [0, 0, { kind: 'cut', from: 1, through: 100 }],
    [120, 117, { kind: 'gap', from: 1, through: 120 }],
  ])('last sequence %i, %i messages', (lastSequence, messages, damage) => {
    expect(damageOfCounts(sealed, { lastSequence, messages })).toEqual(damage);
  });
  test('a journal without a chain has none, whatever it lacks', () => {
    expect(damageOfCounts(nothingSealed, { lastSequence: 0, messages: 0 })).toBeUndefined();
    expect(damageOfCounts(nothingSealed, { lastSequence: 10, messages: 7 })).toBeUndefined();
  });
});

test('damage is said with its sequences', () => {
  expect(sayDamage({ kind: 'missing', from: 5, through: 5 })).toBe('sequence 5: sealed, and cannot be read');
  expect(sayDamage({ kind: 'cut', from: 5, through: 9 })).toBe('sequences 5 to 9: the journal ends before them');
});

test('the sealer rests in a flood, and catches up after it', () => {
  expect(restMs({ workMs: 10, arrivingPerSecond: 15_000, unsealed: 100_000 })).toBe(600);
  expect(restMs({ workMs: 10, arrivingPerSecond: 15_000, unsealed: 3_000_000 })).toBe(40);
  expect(restMs({ workMs: 10, arrivingPerSecond: 500, unsealed: 100_000 })).toBe(10);
});

test('every kind of damage has a sentence in both languages; the Vietnamese one has no English in it', () => {
  const kinds = ['changed', 'missing', 'gap', 'unexpected', 'cut'] as const;
  const all = kinds.map((kind) => wordsOfDamage({ kind, from: 5, through: 9 }));
  all.push(wordsOfDamage({ kind: 'gone' }), wordsOfDamage({ kind: 'chain', reason: 'the first line cannot be read' }));
  for (const { vi, en } of all) {
    expect(vi).toMatch(/[ăâđêôơư]|[\u1ea0-\u1ef9]/);
    expect(vi).not.toMatch(/sequence|journal|chain|cannot/);
    expect(en).toMatch(/sequence|journal|chain/);
  }
  expect(new Set(all.map(({ vi }) => vi)).size).toBe(all.length);
});
