import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Broker } from '../../services/platform/broker.ts';
import { giveBack, TooSlowToGive } from './stream-snapshot.ts';

const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-snapshot-'));
const path = join(folder, 'snapshot');
beforeAll(() => writeFileSync(path, Buffer.alloc(40_000, 1)));
afterAll(() => rmSync(folder, { recursive: true }));

const state = { messages: 100, first_seq: 1, last_seq: 100 };
const given = { stream: 'VX_q7', config: { name: 'VX_q7' }, state };

/**
 * A broker that breaks off the pieces of its first attempts.
 *
 * @param breaksOff how often
 * @param has messages that it has after that, at each question; the last stands for all that follow
 */
function broker(breaksOff: number, has: readonly number[] = [40]) {
  const asked: string[] = [];
  let attempts = 0;
  let bytes = 0;
  const questions = [...has];
  const answer = (said: object | undefined) => ({
    data: said === undefined ? new Uint8Array() : new TextEncoder().encode('{}'),
    json: () => said,
  });
  const request = async (subject: string, data: Uint8Array | string) => {
    const kind = subject.split('.').slice(2, 4).join(' ');
    if (subject.startsWith('$JS')) asked.push(kind);
    if (kind === 'STREAM RESTORE') {
      attempts++;
      bytes = 0;
      return answer({ deliver_subject: 'pieces' });
    }
    if (kind === 'STREAM INFO') {
      const messages = questions.length > 1 ? questions.shift()! : questions[0]!;
      return answer({ state: { ...state, messages, last_seq: messages } });
    }
    if (kind === 'STREAM DELETE') return answer({ success: true });
    bytes += data.length;
    if (attempts <= breaksOff && bytes > 20_000)
      return answer({ error: { description: 'restore failed: io: read/write on closed pipe' } });
    return answer(data.length === 0 ? { state } : undefined);
  };
  const connection = { request } as Partial<Broker['connection']> as Broker['connection'];
  return { connection, asked, bytes: () => bytes };
}

test('half a stream is taken away and given again, all of it', async () => {
  const one = broker(1);
  await giveBack(one, given, path, 300);
  expect(one.asked.filter((kind) => kind !== 'STREAM INFO')).toEqual([
    'STREAM RESTORE',
    'STREAM DELETE',
    'STREAM RESTORE',
  ]);
  expect(one.bytes()).toBe(40_000);
});

test('a broker that has all of it in the end is asked no more, however long it still writes', async () => {
  const one = broker(1, [10, 20, 30, 40, 50, 60, 100]);
  // Seven questions, a tenth of a second apart, are longer than that.
  await giveBack(one, given, path, 450);
  expect(one.asked).toEqual(['STREAM RESTORE', ...Array.from({ length: 7 }, () => 'STREAM INFO')]);
});

test('one that breaks off each time is told of in words, and nothing of it stays there', async () => {
  const one = broker(99);
  await expect(giveBack(one, given, path, 150)).rejects.toThrow(TooSlowToGive);
  expect(one.asked.filter((kind) => kind === 'STREAM RESTORE')).toHaveLength(3);
  expect(one.asked.at(-1)).toBe('STREAM DELETE');
});

test('a refusal of another kind takes nothing away', async () => {
  const request = async () => ({
    data: new Uint8Array(1),
    json: () => ({ error: { description: 'stream name already in use' } }),
  });
  const connection = { request } as object as Broker['connection'];
  await expect(giveBack({ connection }, given, path, 150)).rejects.toThrow('already in use');
});
