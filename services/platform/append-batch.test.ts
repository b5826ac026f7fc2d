import { expect, test } from 'vitest';
import { laneOf, takeBatch, type Waiting } from './append-batch.ts';

const limits = { messages: 4, characters: 100 };
const waiting = (id: string, subject = 'vx.d.s.n.k', expectedSubjectSequence?: number, payload = 'x'): Waiting => ({
  message: { subject, id, payload, ...(expectedSubjectSequence === undefined ? {} : { expectedSubjectSequence }) },
  call: { results: [], open: 1, finish: () => {} },
  index: 0,
  since: 0,
  settled: false,
});
/** Ids of each batch until nothing waits; a twin stands behind its first: `a=a`. */
const batches = (queue: Waiting[]) => {
  const found: string[] = [];
  while (queue.length) {
    const batch = takeBatch(queue, limits);
    found.push(
      batch
        .map(({ message, twins }) =>
          [message, ...(twins ?? []).map((twin) => twin.message)].map(({ id }) => id).join('='),
        )
        .join(' '),
    );
  }
  return found;
};

test('a batch is the front of the queue in its order, up to the limits', () => {
  expect(batches(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => waiting(id)))).toEqual(['a b c d', 'e f']);
  const large = 'y'.repeat(60);
  expect(
    batches([waiting('a'), waiting('b', undefined, undefined, large), waiting('c', undefined, undefined, large)]),
  ).toEqual(['a b', 'c']);
  const huge = 'y'.repeat(101);
  expect(batches([waiting('a', undefined, undefined, huge), waiting('b')])).toEqual(['a', 'b']);
});

test('of two with one id the second is not sent; it does not count, and what follows stays in the batch', () => {
  expect(
    batches([waiting('a'), waiting('b'), waiting('a'), waiting('c'), waiting('a'), waiting('d'), waiting('e')]),
  ).toEqual(['a=a=a b c d', 'e']);
});

test('a second one whose first may be refused for its sequence begins the next batch', () => {
  expect(batches([waiting('a', 'vx.d.s.n.k', 0), waiting('b', 'vx.d.s.n.l'), waiting('a', 'vx.d.s.n.m')])).toEqual([
    'a b',
    'a',
  ]);
});

test('an expected sequence is asked of what was before the batch: nothing before it there is on its subject', () => {
  expect(batches([waiting('a', 'vx.d.s.n.k'), waiting('b', 'vx.d.s.n.l', 3), waiting('c', 'vx.d.s.n.k', 7)])).toEqual([
    'a b',
    'c',
  ]);
  // After it anything may be: it is stored after it, or without it.
  expect(batches([waiting('a', 'vx.d.s.n.k', 7), waiting('b', 'vx.d.s.n.k')])).toEqual(['a b']);
});

test('what has its result is passed over', () => {
  const late = waiting('a');
  late.settled = true;
  expect(batches([late, waiting('b')])).toEqual(['b']);
});

test('a lane is a district', () => {
  expect(laneOf('vx.q7.epidemic.case.c-1')).toBe('vx.q7');
  expect(laneOf('vxdead.x.q7')).toBeUndefined();
  expect(laneOf('vx.q7')).toBeUndefined();
});
