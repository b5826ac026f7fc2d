import { afterEach, expect, test, vi } from 'vitest';
import { AnsweringThread } from './index.ts';
import type { Asked, AskedAnswers } from './testing/asked-thread.ts';

const opened: AnsweringThread<Asked, AskedAnswers>[] = [];
function open(restMs = 60_000) {
  const thread = new AnsweringThread<Asked, AskedAnswers>(new URL('./testing/asked-thread.ts', import.meta.url), {
    restMs,
    resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 32 },
  });
  opened.push(thread);
  return thread;
}
afterEach(() => Promise.all(opened.splice(0).map((thread) => thread.stop())));

const limit = { timeout: 90_000 };

test('typed arrays go there and back, each question with its own answer', limit, async () => {
  const thread = open();
  const answers = await Promise.all(
    [1, 2, 3].map((value) => thread.ask({ kind: 'double', values: Float64Array.of(value) })),
  );
  expect(answers).toEqual([Float64Array.of(2), Float64Array.of(4), Float64Array.of(6)]);
});

test('no thread before the first question, none after a rest, another for the next question', limit, async () => {
  const thread = open(50);
  expect(thread.open).toBe(false);
  const answer = thread.ask({ kind: 'wait', milliseconds: 1 });
  expect([thread.open, thread.waitingCount]).toEqual([true, 1]);
  expect(await answer).toBe('waited');
  expect(thread.waitingCount).toBe(0);
  await vi.waitFor(() => expect(thread.open).toBe(false), limit);
  expect(await thread.ask({ kind: 'wait', milliseconds: 1 })).toBe('waited');
});

test('an answer that waits is given before the next question is begun', limit, async () => {
  const thread = open();
  const order: string[] = [];
  await Promise.all([
    thread.ask({ kind: 'wait', milliseconds: 200 }).then(() => order.push('first')),
    thread.ask({ kind: 'double', values: Float64Array.of(1) }).then(() => order.push('second')),
  ]);
  expect(order).toEqual(['first', 'second']);
});

test('moved buffers are not kept by the thread', limit, async () => {
  const thread = open();
  await thread.ask({ kind: 'share', values: new Float64Array(1000) });
  const { values, bytesKept } = await thread.ask({ kind: 'share', values: Float64Array.of(5) });
  expect([values, bytesKept]).toEqual([Float64Array.of(5), 0]);
});

test('progress is told to the one who asked', limit, async () => {
  const thread = open();
  const [first, second]: [number[], number[]] = [[], []];
  await Promise.all([
    thread.ask({ kind: 'wait', milliseconds: 1 }, { progress: (share) => first.push(share) }),
    thread.ask({ kind: 'double', values: Float64Array.of(1) }, { progress: (share) => second.push(share) }),
  ]);
  expect([first, second]).toEqual([[0.5], []]);
});

test('an error keeps its name, its message and its reason, and the thread goes on', limit, async () => {
  const thread = open();
  await expect(thread.ask({ kind: 'refuse' })).rejects.toMatchObject({
    name: 'RangeError',
    message: 'no cases',
    reason: 'too-few-cases',
  });
  expect(await thread.ask({ kind: 'double', values: Float64Array.of(1) })).toEqual(Float64Array.of(2));
});

test(
  'a signal ends a thread that would never end, with its own reason; the others fail, the next is answered',
  limit,
  async () => {
    const thread = open();
    const stop = new AbortController();
    const endless = thread.ask(
      { kind: 'loop' },
      { signal: stop.signal, progress: () => stop.abort(new Error('enough')) },
    );
    const other = thread.ask({ kind: 'double', values: Float64Array.of(1) });
    await expect(other).rejects.toThrow('the thread was stopped');
    await expect(endless).rejects.toThrow('enough');
    expect(thread.open).toBe(false);
    expect(await thread.ask({ kind: 'double', values: Float64Array.of(1) })).toEqual(Float64Array.of(2));
  },
);

test('a signal that was given before is not even asked about', limit, async () => {
  const thread = open();
  await expect(thread.ask({ kind: 'loop' }, { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow(
    'too late',
  );
  expect(thread.open).toBe(false);
});

test.each([
  ['exit', 'the thread ended with code 3'],
  ['fill-memory', 'memory'],
] as const)(
  'a thread that dies of %s fails all its questions, and the next one is answered',
  limit,
  async (kind, why) => {
    const thread = open();
    const asked = await Promise.allSettled([
      thread.ask({ kind }),
      thread.ask({ kind: 'double', values: Float64Array.of(1) }),
    ]);
    for (const one of asked) {
      expect(one.status).toBe('rejected');
      if (one.status === 'rejected') expect((one.reason as Error).message).toContain(why);
    }
    expect(thread.waitingCount).toBe(0);
    expect(await thread.ask({ kind: 'double', values: Float64Array.of(1) })).toEqual(Float64Array.of(2));
  },
);

test('what cannot be copied is refused, and nothing waits for it', limit, async () => {
  const thread = open(50);
  await expect(thread.ask({ kind: 'wait', milliseconds: 1, ...{ no: () => {} } })).rejects.toThrow(
    'could not be cloned',
  );
  expect(thread.waitingCount).toBe(0);
  await vi.waitFor(() => expect(thread.open).toBe(false), limit);
});
