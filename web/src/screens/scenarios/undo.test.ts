import { expect, test } from 'vitest';
import { nothingToUndo, remember, stepBack } from './undo.ts';

test('a slider on its way is one step; two things are two', () => {
  let undo = nothingToUndo<number>();
  for (let i = 0; i < 20; i++) undo = remember(undo, i, 's1 limit', 1000 + 50 * i);
  undo = remember(undo, 20, 's1 toDate', 2050);
  const first = stepBack(undo)!;
  expect(first.state).toBe(20);
  const second = stepBack(first.undo)!;
  expect(second.state).toBe(0);
  expect(stepBack(second.undo)).toBeUndefined();
});

test('the same slider moved again later is a step of its own', () => {
  const undo = remember(remember(nothingToUndo<string>(), 'a', 'limit', 0), 'b', 'limit', 5000);
  expect(undo.past).toEqual(['a', 'b']);
});
