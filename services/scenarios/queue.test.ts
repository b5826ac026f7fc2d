import { describe, expect, test } from 'vitest';
import { RunQueue } from './queue.ts';

/** A task that ends when it is told to, or when it is stopped. */
function task(id: string, begun: string[]) {
  let finish!: () => void;
  let progress!: (share: number) => void;
  const work = (signal: AbortSignal, tell: (share: number) => void) =>
    new Promise<void>((resolve, reject) => {
      begun.push(id);
      finish = resolve;
      progress = tell;
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  return { id, work, finish: () => finish(), progress: (share: number) => progress(share) };
}
const settled = () => new Promise((done) => setTimeout(done, 0));

describe('the line', () => {
  test('one at a time, in order; positions move up', async () => {
    const begun: string[] = [];
    const changes: string[] = [];
    const queue = new RunQueue((id) => changes.push(id));
    const [a, b, c] = ['a', 'b', 'c'].map((id) => task(id, begun)) as [
      ReturnType<typeof task>,
      ReturnType<typeof task>,
      ReturnType<typeof task>,
    ];
    for (const each of [a, b, c]) queue.add(each);
    expect(begun).toEqual(['a']);
    expect([queue.standing('a'), queue.standing('c'), queue.length]).toEqual([
      { status: 'running', position: null, progress: 0 },
      { status: 'queued', position: 1, progress: 0 },
      2,
    ]);
    a.progress(0.4);
    a.progress(0.2);
    expect(queue.standing('a')?.progress).toBe(0.4);
    a.finish();
    await settled();
    expect(begun).toEqual(['a', 'b']);
    expect(queue.standing('a')).toBeUndefined();
    expect(queue.standing('c')?.position).toBe(0);
    expect(changes).toContain('c');
  });

  test('added twice, it stands once', () => {
    const begun: string[] = [];
    const queue = new RunQueue(() => {});
    queue.add(task('a', begun));
    queue.add(task('a', begun));
    queue.add(task('b', begun));
    queue.add(task('b', begun));
    expect([begun, queue.length]).toEqual([['a'], 1]);
  });

  test('dropped: what waits never begins, what runs is stopped and the next goes on', async () => {
    const begun: string[] = [];
    const queue = new RunQueue(() => {});
    for (const id of ['a', 'b', 'c']) queue.add(task(id, begun));
    await queue.drop('b', new Error('no more'));
    await queue.drop('a', new Error('no more'));
    await settled();
    expect(begun).toEqual(['a', 'c']);
    await queue.drop('nobody', new Error('no more'));
  });

  test('stopped: nothing more begins', async () => {
    const begun: string[] = [];
    const queue = new RunQueue(() => {});
    for (const id of ['a', 'b']) queue.add(task(id, begun));
    await queue.stop(new Error('end'));
    await settled();
    queue.add(task('c', begun));
    expect([begun, queue.length]).toEqual([['a'], 0]);
  });
});
