import { expect, test } from 'vitest';
import { lacksPurpose, mayDo, reachOf } from './may-do.ts';
import { permissionOf, permittedActions } from './permissions.ts';
import type { Principal } from './principal.ts';
import { callerOf } from './product-permit.ts';
import { asksPurpose } from './purposes.ts';
import { personRoles } from './roles.ts';

const now = Date.parse('2026-11-30T05:00:00Z');
const scope = { district: 'q7' };
const signedIn = (role: Principal['grants'][number]['role'], purpose: Principal['purpose']): Principal => ({
  actor: { authtype: 'user', authid: 'p1' },
  known: true,
  grants: [
    { role, districts: ['q7'], areas: 'all' },
    { role: 'visitor', districts: ['q7-dien-tap'], areas: 'all' },
  ],
  purpose,
});

test('without a purpose nobody who signed in does anything with rows of persons, and with one whatever his role permits', () => {
  let tried = 0;
  for (const action of permittedActions().filter((one) => asksPurpose(one, 'person') && !permissionOf(one)!.open))
    for (const role of personRoles) {
      const permitted = permissionOf(action)!.roles[role] === 'person';
      tried += Number(permitted);
      expect([action, role, mayDo(signedIn(role, null), action, 'person', scope, now)]).toEqual([action, role, false]);
      expect([action, role, mayDo(signedIn(role, 'care'), action, 'person', scope, now)]).toEqual([
        action,
        role,
        permitted,
      ]);
      expect([action, role, lacksPurpose(signedIn(role, null), action, 'person', scope, now)]).toEqual([
        action,
        role,
        permitted,
      ]);
    }
  expect(tried).toBeGreaterThan(10);
});

test('counts and public data ask for none', () => {
  const doctor = signedIn('epidemiologist', null);
  expect(mayDo(doctor, 'figure.read', 'aggregate', scope, now)).toBe(true);
  expect(mayDo(doctor, 'violation.read', 'public', scope, now)).toBe(true);
  expect(reachOf(doctor, 'stream.read', 'aggregate', 'q7', now)).toBe('all');
});

test('the stream tells of no person before a purpose is said; the exercise has none that is real', () => {
  expect(reachOf(signedIn('epidemiologist', null), 'stream.read', 'person', 'q7', now)).toBeUndefined();
  expect(reachOf(signedIn('epidemiologist', 'care'), 'stream.read', 'person', 'q7', now)).toBe('all');
  expect(reachOf(signedIn('epidemiologist', null), 'stream.read', 'person', 'q7-dien-tap', now)).toBe('all');
});

test('whose role permits nothing is not asked for a purpose: it would not help him', () => {
  expect(lacksPurpose(signedIn('analyst', null), 'case.read', 'person', scope, now)).toBe(false);
  expect(lacksPurpose(signedIn('epidemiologist', null), 'case.read', 'person', { district: 'q1' }, now)).toBe(false);
});

test('an app knows which persons are made up, and which roles somebody has', () => {
  const caller = callerOf(signedIn('epidemiologist', null), () => now);
  expect([caller.madeUp('q7-dien-tap'), caller.madeUp('q7'), caller.roles]).toEqual([true, false, ['epidemiologist']]);
});
