import { expect, test } from 'vitest';
import { isAhead, isOpen, outOfOrder, type StepTable, stepOfType } from './steps.ts';

type Status = 'asked' | 'granted' | 'used' | 'refused';
type Step = 'grant' | 'use' | 'refuse';
const permit: StepTable<Status, Step> = {
  lawful: { asked: ['grant', 'refuse'], granted: ['use'], used: [], refused: [] },
  steps: {
    grant: { to: 'granted', type: 'permit-granted' },
    use: { to: 'used', type: 'permit-used' },
    refuse: { to: 'refused', type: 'permit-refused' },
  },
};

test('the type of an event tells the step', () => {
  expect(stepOfType(permit, 'permit-used')).toBe('use');
  expect(stepOfType(permit, 'permit-asked')).toBeUndefined();
});

test('a status without lawful steps is an end', () => {
  expect((['asked', 'granted', 'used', 'refused'] as const).map((status) => isOpen(permit, status))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('a step out of order says after what it came and what was lawful', () => {
  expect(outOfOrder(permit, 'grant', 'asked', permit.lawful.asked)).toBeNull();
  expect(outOfOrder(permit, 'use', 'asked', permit.lawful.asked)).toBe('used after asked; lawful: granted, refused');
  expect(outOfOrder(permit, 'grant', 'used', permit.lawful.used)).toBe('granted after used; lawful: nothing');
});

test('a status is ahead of an open one before it, of itself and of an end it is not', () => {
  expect(isAhead(permit, 'used', 'asked')).toBe(true);
  expect(isAhead(permit, 'granted', 'granted')).toBe(false);
  expect(isAhead(permit, 'asked', 'granted')).toBe(false);
  expect(isAhead(permit, 'refused', 'used')).toBe(false);
});
