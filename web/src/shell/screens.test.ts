import { permittedActions } from '@vungxanh/services/contracts/access/permissions.ts';
import { expect, test } from 'vitest';
import { screens } from '../address.ts';
import { interfaceWords } from '../i18n/interface.ts';
import { actionsOf, drawers, jobs, leads, maySee, phoneScreens, tools } from './screens.ts';

test('every action that opens a screen is a row of the table of permissions', () => {
  for (const action of Object.values(actionsOf).flat()) expect(permittedActions()).toContain(action);
});

test('every screen is reached from the rail or is the account, and has words in both languages', () => {
  expect([...jobs, ...tools, 'account'].toSorted()).toEqual([...screens].toSorted());
  for (const screen of screens)
    for (const language of ['vi', 'en'] as const) expect(interfaceWords[language].screens[screen]).toBeTruthy();
  expect(drawers.every((drawer) => screens.includes(drawer))).toBe(true);
});

test('a phone has every screen but the wall', () => {
  expect([...phoneScreens(false), 'wall'].toSorted()).toEqual([...jobs, ...tools].toSorted());
  expect(phoneScreens(true)[0]).toBe('leader');
  expect(phoneScreens(true).toSorted()).toEqual(phoneScreens(false).toSorted());
});

test('a screen is seen by whoever may do one thing on it', () => {
  expect(maySee('entry', (action) => action === 'violation.report')).toBe(true);
  expect(maySee('entry', (action) => action === 'figure.read')).toBe(false);
  expect(maySee('account', () => false)).toBe(true);
});

test('who leads: a duty of a leader that is in force', () => {
  const now = Date.parse('2021-08-24T00:00:00Z');
  const grant = (role: string, more: object = {}) =>
    ({ grants: [{ role, districts: 'all', areas: 'all', ...more }] }) as Parameters<typeof leads>[0];
  expect(leads(undefined, now)).toBe(false);
  expect(leads(grant('epidemiologist'), now)).toBe(false);
  expect(leads(grant('district-leader'), now)).toBe(true);
  expect(leads(grant('ward-leader', { until: '2021-08-24T00:00:00Z' }), now)).toBe(false);
  expect(leads(grant('ward-leader', { from: '2021-08-24T00:00:01Z' }), now)).toBe(false);
});
