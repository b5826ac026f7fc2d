import { describe, expect, test } from 'vitest';
import { openDatabase } from '#platform/database.ts';
import { Problem } from '#platform/problem.ts';
import { persistently } from './run-journal.ts';

describe('a server that is away is waited for', () => {
  test('PostgreSQL refuses, then answers', async () => {
    const nobody = openDatabase('postgres://127.0.0.1:1/nothing');
    const failed: string[] = [];
    let tries = 0;
    const answer = await persistently(
      new AbortController().signal,
      async () => (tries++ === 0 ? nobody.query('SELECT 1') : 'there'),
      (error) => failed.push((error as Error & { code?: string }).code ?? ''),
    );
    await nobody.end();
    expect([answer, tries, failed]).toEqual(['there', 2, ['ECONNREFUSED']]);
  });

  test('the journal does not acknowledge; the wait ends with the signal', async () => {
    const stop = new AbortController();
    const waiting = persistently(
      stop.signal,
      () => Promise.reject(new Problem(503, 'The journal did not acknowledge')),
      () => stop.abort(new Error('enough')),
    );
    await expect(waiting).rejects.toThrow();
    expect(stop.signal.aborted).toBe(true);
  });

  test('what would fail for ever is not tried again', async () => {
    let tries = 0;
    const broken = persistently(
      new AbortController().signal,
      () => {
        tries++;
        return Promise.reject(new TypeError('x is not a function'));
      },
      () => {},
    );
    await expect(broken).rejects.toThrow(TypeError);
    expect(tries).toBe(1);
  });
});
