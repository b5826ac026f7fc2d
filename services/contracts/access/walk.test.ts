import { expect, test } from 'vitest';
import { eventDefinitions } from '../catalogue.ts';
import { subsystems } from '../subsystem.ts';
import { permissionOf, permittedActions } from './permissions.ts';
import { personRoles, roles } from './roles.ts';
import { smallCellPolicy } from './small-cells.ts';

const routes = () =>
  subsystems().flatMap(({ name, access }) =>
    Object.entries(access).map(([route, entry]) => ({ name, route, ...entry })),
  );

test('every action of a route and of an event has a row: whoever adds one says who may do it', () => {
  const actions = [...routes().map(({ action }) => action), ...eventDefinitions().map(({ action }) => action)];
  expect([...new Set(actions)].filter((action) => permissionOf(action) === undefined)).toEqual([]);
});

test('every row is of an action that there is', () => {
  const used = new Set([...routes(), ...eventDefinitions()].map(({ action }) => action));
  // No route of its own: asked beside the routes of counts.
  used.add(smallCellPolicy.exactAction);
  // Of fields: asked beside the routes of reports (citizens/report/report.ts).
  used.add('report.read-words');
  // Nor have these: asked by a handler where somebody speaks or asks for another officer.
  for (const action of ['directive.answer-for', 'evaluation.read-others', 'evaluation.dispute-for']) used.add(action);
  expect(permittedActions().filter((action) => !used.has(action))).toEqual([]);
});

test('what is only read is only ever asked by GET, and what changes something never is', () => {
  for (const { route, action } of routes()) {
    const permission = permissionOf(action)!;
    if (permission.open) continue;
    const asksOnly = action === 'forecast.compute' || action === 'account.manage';
    if (!asksOnly) expect([route, permission.reads === true]).toEqual([route, route.startsWith('GET ')]);
  }
});

test('who reads rows of persons: those whose duty needs them, and whoever looks at an exercise', () => {
  const person = (action: string) => roles.filter((role) => permissionOf(action)!.roles[role] === 'person').toSorted();
  const health = ['epidemiologist', 'health-station-officer', 'hospital', 'visitor'];
  expect(person('case.read')).toEqual(health);
  expect(person('case.map')).toEqual(health);
  expect(person('stream.read')).toEqual(health);
});

test('an administrator and an analyst read no row of a person', () => {
  for (const action of permittedActions())
    for (const role of ['administrator', 'analyst', 'district-leader', 'ward-leader'] as const) {
      const { reads, roles: cells } = permissionOf(action)!;
      // What they themselves bring by a file, they see again; exact counts are no rows.
      if (reads && !['import.read', 'count.read-exact'].includes(action))
        expect([action, role, cells[role]]).not.toEqual([action, role, 'person']);
    }
});

test('exact counts are told to who reads rows, and to leaders', () => {
  const told = roles.filter((role) => permissionOf('count.read-exact')!.roles[role] === 'person');
  expect(told.toSorted()).toEqual([
    'district-leader',
    'epidemiologist',
    'health-station-officer',
    'hospital',
    'visitor',
    'ward-leader',
  ]);
});

test('a visitor changes nothing', () => {
  const changes = permittedActions().filter(
    (action) => !permissionOf(action)!.reads && permissionOf(action)!.roles.visitor,
  );
  expect(changes).toEqual([]);
});

test('what the centre computes is said by nobody', () => {
  const computed = eventDefinitions().filter(({ publishedBy }) => publishedBy.every((by) => by === 'ml'));
  expect(computed.length).toBeGreaterThan(5);
  for (const action of ['risk.score', 'forecast.issue', 'cluster.detect'])
    expect([action, permissionOf(action)!.roles]).toEqual([action, {}]);
});

test('every role of a person may do something', () => {
  for (const role of personRoles)
    expect([role, permittedActions().some((action) => permissionOf(action)!.roles[role])]).toEqual([role, true]);
});

test('an official level is a person’s word, by the rules of notice: no feed and no door says it', () => {
  expect(roles.filter((role) => permissionOf('level.declare')!.roles[role])).toEqual(['district-leader', 'programme']);
  for (const { service, noun, publishedBy } of eventDefinitions())
    if (service === 'levels') expect([noun, publishedBy]).toEqual([noun, ['levels']]);
});
