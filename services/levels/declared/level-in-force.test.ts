import { describe, expect, test } from 'vitest';
import { Problem } from '#platform/problem.ts';
import { policyById } from '../policies/in-force.ts';
import { assertWithdrawable, decideDeclaration, directionOf } from './decide.ts';
import { type Declaration, isWithdrawn, levelAt, saidBefore, stateOf } from './level-in-force.ts';

const declared = (level: number, takesEffectAt: string, more: Partial<Declaration> = {}): Declaration => ({
  declarationId: `${level} ${takesEffectAt}`,
  areaId: 'A',
  level,
  policyId: 'qd-4800',
  takesEffectAt,
  declaredAt: '2021-11-01T00:00:00Z',
  reason: 'a reason',
  document: null,
  signedBy: null,
  exercise: true,
  sequence: 1,
  statedOrder: '',
  withdrawal: null,
  ...more,
});
const first = declared(2, '2021-11-02T00:00:00Z');
const second = declared(3, '2021-11-05T00:00:00Z', { sequence: 2 });

describe('the level at an instant', () => {
  test('from its instant on, until the next one', () => {
    const at = (instant: string) => levelAt([second, first], instant);
    expect(at('2021-11-01T23:59:59Z')).toMatchObject({ inForce: undefined, scheduled: [first, second] });
    expect(at('2021-11-02T00:00:00Z')).toMatchObject({ inForce: first, scheduled: [second] });
    expect(at('2021-11-04T23:59:59.999Z').inForce).toBe(first);
    expect(at('2021-11-05T00:00:00Z')).toMatchObject({ inForce: second, scheduled: [] });
  });

  test('what was withdrawn before its instant never comes; later it is in force all the same', () => {
    const before = { ...second, withdrawal: { at: '2021-11-04T23:59:59Z', reason: 'r' } };
    const after = { ...second, withdrawal: { at: '2021-11-05T00:00:00Z', reason: 'r' } };
    const later = '2021-11-06T00:00:00Z';
    expect(levelAt([first, before], later).inForce).toBe(first);
    expect(levelAt([first, after], later).inForce).toBe(after);
    expect(stateOf(before, [first, before], later)).toBe('withdrawn');
    expect(stateOf(first, [first, before], later)).toBe('in-force');
    expect(stateOf(first, [first, after], later)).toBe('followed');
    expect(stateOf(second, [first, second], '2021-11-03T00:00:00Z')).toBe('scheduled');
  });
});

describe('what was said for one instant', () => {
  const instant = '2021-11-05T00:00:00Z';
  const later = declared(4, instant, { statedOrder: '2021-11-04', sequence: 1 });
  const earlier = declared(2, instant, { statedOrder: '2021-11-03', sequence: 9 });

  test('the one that was said later counts, in whatever order they were heard and are given', () => {
    for (const order of [
      [earlier, later],
      [later, earlier],
    ]) {
      expect(levelAt(order, instant).inForce).toBe(later);
      expect(levelAt(order, '2021-11-04T00:00:00Z').scheduled).toEqual([earlier, later]);
      expect(stateOf(earlier, order, instant)).toBe('followed');
      expect(stateOf(later, order, instant)).toBe('in-force');
    }
  });

  test('said at one moment, the journal decides', () => {
    const one = { statedOrder: 'x', sequence: 4 };
    expect([saidBefore(one, { ...one, sequence: 5 }), saidBefore(one, { ...one, sequence: 3 })]).toEqual([true, false]);
    expect(saidBefore(one, one)).toBe(false);
    expect(saidBefore({ statedOrder: 'a', sequence: 9 }, { statedOrder: 'b', sequence: 1 })).toBe(true);
    expect(saidBefore({ statedOrder: 'b', sequence: 1 }, { statedOrder: 'a', sequence: 9 })).toBe(false);
  });

  test('instants are compared, not their texts', () => {
    const written = declared(3, '2021-11-05T06:59:59+07:00', { sequence: 2 });
    expect(levelAt([first, written], '2021-11-04T23:59:58Z').inForce).toBe(first);
    expect(levelAt([first, written], '2021-11-04T23:59:59Z').inForce).toBe(written);
    expect(isWithdrawn({ ...written, withdrawal: { at: '2021-11-04T23:59:58Z', reason: 'r' } })).toBe(true);
    expect(isWithdrawn({ ...written, withdrawal: { at: '2021-11-04T23:59:59Z', reason: 'r' } })).toBe(false);
    expect(isWithdrawn(written)).toBe(false);
    // Of its very instant it is in force, not to come.
    expect(stateOf(written, [written], '2021-11-04T23:59:59Z')).toBe('in-force');
    expect(stateOf(written, [written], '2021-11-04T23:59:58.999Z')).toBe('scheduled');
  });
});

describe('declaring', () => {
  const policy = policyById('qd-4800');
  const now = '2021-11-03T00:00:00.000Z';
  const problemOf = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      if (error instanceof Problem) return [error.status, error.title];
      throw error;
    }
    return undefined;
  };
  const decide = (level: number, takesEffectAt?: string, care: boolean | null = true, of: Declaration[] = [first]) =>
    decideDeclaration(policy, of, { level, takesEffectAt }, now, care);

  test('a raise has 48 hours of notice, to the millisecond', () => {
    expect(decide(3)).toEqual({ takesEffectAt: '2021-11-05T00:00:00.000Z', direction: 'raise' });
    expect(decide(3, '2021-11-05T00:00:00.000Z').takesEffectAt).toBe('2021-11-05T00:00:00.000Z');
    expect(problemOf(() => decide(3, '2021-11-04T23:59:59.999Z'))).toEqual([422, 'The notice is too short']);
  });

  test('lowering needs none by the policy, and criterion 3', () => {
    expect(decide(1)).toEqual({ takesEffectAt: now, direction: 'lower' });
    expect(decide(1, undefined, null).direction).toBe('lower');
    expect(problemOf(() => decide(1, undefined, false))).toEqual([409, 'The level may not be lowered']);
    expect(decide(3, undefined, false).direction).toBe('raise');
  });

  test('where nothing was declared, level 1 is no raise', () => {
    expect([directionOf(1, undefined), directionOf(2, undefined), directionOf(2, 2)]).toEqual([
      'same',
      'raise',
      'same',
    ]);
    expect(decide(1, undefined, true, []).takesEffectAt).toBe(now);
    expect(decide(2, undefined, true, []).takesEffectAt).toBe('2021-11-05T00:00:00.000Z');
  });

  test('one at a time, and not what is in force', () => {
    expect(problemOf(() => decide(4, undefined, true, [first, second]))).toEqual([409, 'A level is scheduled already']);
    expect(problemOf(() => decide(2))).toEqual([409, 'This level is in force already']);
  });

  test('withdrawn once, and only before it is in force', () => {
    expect(problemOf(() => assertWithdrawable(second, now))).toBeUndefined();
    expect(problemOf(() => assertWithdrawable(first, now))).toEqual([409, 'It is in force already']);
    const gone = { ...second, withdrawal: { at: now, reason: 'r' } };
    expect(problemOf(() => assertWithdrawable(gone, now))).toEqual([409, 'It is withdrawn already']);
  });
});
