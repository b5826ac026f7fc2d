import { expect, test } from 'vitest';
import { subsystems } from '../subsystem.ts';
import { permissionOf, permittedActions } from './permissions.ts';
import type { Role } from './roles.ts';

// The walk compares what the code does with what the table says: a wrong entry of the table would be walked as a right one. So the rooms in which people without an
// account, callers and the public meet the product are written out here a second time, by hand. Who changes a right changes it in both, and a reader sees it.

const letters: Readonly<Partial<Record<Role, string>>> = {
  ...{ epidemiologist: 'E', 'health-station-officer': 'S', hospital: 'H', 'urban-order-inspector': 'U' },
  ...{ 'ward-leader': 'W', 'district-leader': 'D', 'hotline-operator': 'O', analyst: 'A', integrator: 'I' },
  ...{ administrator: 'M', feed: 'f', visitor: 'v', programme: 'p' },
};

/** Action → who may, by the letters above, with which class of data. */
const rights: Readonly<Record<string, string>> = {
  'level.read': 'reads ESHUWDOAIMvp aggregate',
  'level.announced': 'open',
  'level.declare': 'changes Dp public',
  'level.adjust-policy': 'changes Dp public',
  'level.assess': 'changes nobody',
  'call.read': 'reads ESHWDOAIMvp public',
  'call.read-caller': 'reads ESHOv person',
  'call.receive': 'changes ESHO person',
  'call.tell': 'open',
  'call.answer': 'changes ESHWDO public',
  'call.take-up': 'changes ESHWDO public',
  'call.set-daily': 'changes EDOp public',
  'call.triage': 'changes ESHO person',
  'call.report-unanswered': 'changes nobody',
  'report.read': 'reads ESHUWDOAIMvp public',
  'report.count': 'reads ESHUWDOAIMvp aggregate',
  'report.read-words': 'reads UWDOv public',
  'report.photo': 'reads UWDOv public',
  'report.contact': 'reads UO person',
  'report.report': 'changes UWDOfp public',
  'report.route': 'changes UWDOfp public',
  'report.close': 'changes UWDOfp public',
  'report.pause': 'changes UWDOfp public',
  'report.reopen': 'changes UWDOfp public',
  'report.reminded': 'changes nobody',
  'report.rated': 'changes p public',
  'report.contact-give': 'changes nobody',
  'report.send': 'open',
  'report.follow': 'open',
};

/** Route → action, class of data, and where district and area stand. */
const routes: Readonly<Record<string, string>> = {
  'GET /api/hotline/rules': 'call.read public district:none',
  'GET /api/hotline/calls': 'call.read public area:query.areaId',
  'GET /api/hotline/calls/:id': 'call.read public area:entity',
  'POST /api/hotline/calls/:id/caller/removal': 'person.remove person',
  'GET /api/hotline/calls/:id/caller': 'call.read-caller person area:entity',
  'POST /api/hotline/calls': 'call.receive person area:body.areaId',
  'GET /api/hotline/daily': 'call.read public',
  'POST /api/hotline/daily': 'call.set-daily public',
  'POST /api/hotline/carrier': 'call.tell person district:inside',
  'POST /api/hotline/calls/:id/answer': 'call.answer public area:entity',
  'POST /api/hotline/calls/:id/refuse': 'call.answer public area:entity',
  'POST /api/hotline/calls/:id/hang-up': 'call.answer public area:entity',
  'POST /api/hotline/calls/:id/take-up': 'call.take-up public area:entity',
  'POST /api/hotline/calls/:id/triage': 'call.triage person area:entity',
  'GET /api/citizens/reports': 'report.read public area:query.areaId',
  'GET /api/citizens/reports/:id': 'report.read public area:entity',
  'GET /api/citizens/points': 'report.read public area:query.areaId',
  'GET /api/citizens/figures': 'report.count aggregate protection:not-of-persons',
  'POST /api/citizens/reports': 'report.report public area:body.areaId',
  'POST /api/citizens/reports/:id/route': 'report.route public area:entity',
  'POST /api/citizens/reports/:id/close': 'report.close public area:entity',
  'POST /api/citizens/reports/:id/pause': 'report.pause public area:entity',
  'POST /api/citizens/reports/:id/reopen': 'report.reopen public area:entity',
  'GET /api/open311/discovery.json': 'report.follow public district:inside',
  'GET /api/open311/v2/discovery.json': 'report.follow public district:inside',
  'GET /api/open311/v2/services.json': 'report.follow public district:inside',
  'GET /api/open311/v2/requests.json': 'report.follow public district:inside',
  'POST /api/open311/v2/requests.json': 'report.send public district:inside',
  'GET /api/open311/discovery.xml': 'report.follow public district:inside',
  'GET /api/open311/v2/discovery.xml': 'report.follow public district:inside',
  'GET /api/open311/v2/services.xml': 'report.follow public district:inside',
  'GET /api/open311/v2/requests.xml': 'report.follow public district:inside',
  'POST /api/open311/v2/requests.xml': 'report.send public district:inside',
  'GET /api/open311/v2/services/:file': 'report.follow public district:inside',
  'GET /api/open311/v2/requests/:file': 'report.follow public district:inside',
  'GET /api/open311/v2/tokens/:file': 'report.follow public district:inside',
  'GET /api/citizens/topics': 'report.send public district:none',
  'GET /api/citizens/places': 'report.send public district:inside',
  'POST /api/citizens/photos': 'report.send public district:inside',
  'POST /api/citizens/send': 'report.send public district:inside',
  'GET /api/citizens/follow/:reference': 'report.follow public district:inside',
  'POST /api/citizens/follow/:reference/rate': 'report.follow public district:inside',
  'POST /api/citizens/follow/:reference/reopen': 'report.follow public district:inside',
  'GET /api/citizens/photos/:hash': 'report.photo public',
  'GET /api/citizens/units': 'report.read public',
  'GET /api/citizens/formulas': 'formula.read public district:none',
  'GET /api/citizens/performance': 'report.count aggregate protection:not-of-persons',
  'GET /api/citizens/routing': 'report.read public',
  'GET /api/citizens/duplicates': 'report.read public',
  'POST /api/citizens/reports/:id/contact/removal': 'person.remove person',
  'GET /api/citizens/reports/:id/contact': 'report.contact person area:entity',
  'GET /api/levels': 'level.read aggregate protection:released',
  'GET /api/levels/explanation': 'level.read aggregate area:query.areaId protection:released',
  'GET /api/levels/then-and-now': 'level.read aggregate area:query.areaId protection:released',
  'GET /api/levels/policies': 'level.announced public district:inside',
  'GET /api/levels/declarations': 'level.announced public district:inside',
  'GET /api/levels/declarations/:id/notice': 'level.announced public district:inside',
  'GET /api/levels/declarations/:id/cap': 'level.announced public district:inside',
  'GET /api/levels/feed.atom': 'level.announced public district:inside',
  'POST /api/levels/declarations': 'level.declare public area:body.areaId',
  'POST /api/levels/declarations/:id/withdraw': 'level.declare public area:body.areaId',
  'POST /api/levels/policies/:id/adjustments': 'level.adjust-policy public',
  'POST /api/levels/totals': 'level.announced public district:none',
};

test('rights of reports, calls and levels are what was decided', () => {
  const told = permittedActions()
    .filter((action) => /^(report|call|level)\./.test(action))
    .map((action) => {
      const { open, reads, roles } = permissionOf(action)!;
      if (open) return [action, 'open'];
      const who = Object.entries(letters).flatMap(([role, letter]) => (roles[role as Role] ? [letter] : []));
      const unknown = Object.keys(roles).filter((role) => !(role in letters));
      const classes = [...new Set(Object.values(roles))];
      const cells = who.length + unknown.length > 0 ? `${who.join('')}${unknown.join()} ${classes.join()}` : 'nobody';
      return [action, `${reads ? 'reads' : 'changes'} ${cells}`];
    });
  expect(Object.fromEntries(told)).toEqual(rights);
});

test('routes of citizens, hotline and levels ask what was decided', () => {
  const told = subsystems()
    .filter(({ name }) => ['citizens', 'hotline', 'levels'].includes(name))
    .flatMap(({ access }) => Object.entries(access))
    .map(([route, { action, dataClass, district, area, protection }]) => [
      route,
      [
        action,
        dataClass,
        ...(district ? [`district:${district}`] : []),
        ...(area ? [`area:${area}`] : []),
        ...(protection ? [`protection:${protection}`] : []),
      ].join(' '),
    ]);
  expect(Object.fromEntries(told)).toEqual(routes);
});
