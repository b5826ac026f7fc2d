import { createRoute, z } from '@hono/zod-openapi';
import { personRoles } from '#contracts/access/roles.ts';
import { asOfQuery, districtQuery, readAnswers } from '#contracts/http.ts';
import { askedDay, askedInstant, day, identifier, instant, shortText } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { callerOf, stamp } from '../../district/stamp.ts';
import { notKnown } from '../../lifecycle/problems.ts';
import { createdAnswers, jsonBody, newIdentifier } from '../../lifecycle/route-shapes.ts';
import { momentOf, newestKnown } from '../moment.ts';
import { type OfficialsParts, sayOf } from '../parts.ts';
import { account, officerRegistered, shiftSet } from '../register/events.ts';
import { readOfficers, readShifts } from '../register/read-officers.ts';
import { journalled, officer, shift } from './shapes.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/officials/officers',
  summary: 'The register of staff: units, duties, areas, dates',
  request: { query: asOfQuery.extend({ onDay: askedDay.optional().openapi({ description: 'who serves on it' }) }) },
  responses: readAnswers('the register', z.object({ items: z.array(officer) }).openapi('Officers')),
});
const registerRoute = createRoute({
  method: 'post',
  path: '/api/officials/officers',
  summary: 'Somebody serves in a unit; told again, the newest word counts',
  request: {
    query: districtQuery,
    body: jsonBody(
      z
        .object({
          officerId: newIdentifier,
          name: shortText,
          unit: shortText,
          roles: z.array(z.enum(personRoles)).min(1).max(personRoles.length),
          areaIds: z.array(identifier).max(50).default([]),
          account: account.optional(),
          from: day,
          until: day.optional(),
        })
        .openapi('OfficerTold'),
    ),
  },
  responses: createdAnswers(z.object({ officerId: z.string(), ...journalled }).openapi('OfficerAccepted')),
});
const shiftsRoute = createRoute({
  method: 'get',
  path: '/api/officials/shifts',
  summary: 'Who is on call at which office, from an instant on',
  request: {
    query: asOfQuery.extend({
      targetId: identifier.optional(),
      from: askedInstant.optional().openapi({ description: 'left out: the moment asked for' }),
      until: askedInstant.optional(),
    }),
  },
  responses: readAnswers('shifts that touch the span', z.object({ items: z.array(shift) }).openapi('Shifts')),
});
const setShiftRoute = createRoute({
  method: 'post',
  path: '/api/officials/shifts',
  summary: 'Somebody is on call at an office; told again, the newest word counts',
  request: {
    query: districtQuery,
    body: jsonBody(
      z
        .object({ shiftId: newIdentifier, targetId: identifier, officerId: identifier, from: instant, until: instant })
        .openapi('ShiftTold'),
    ),
  },
  responses: createdAnswers(z.object({ shiftId: z.string(), ...journalled }).openapi('ShiftAccepted')),
});

/** The register of staff and the rosters. */
export function addRegisterRoutes(app: App, parts: OfficialsParts): void {
  const { database, now, newId } = parts;
  const stampOf = (context: Parameters<typeof callerOf>[0], district: string) =>
    stamp(parts, district, callerOf(context), (of) => newestKnown(database, of));

  app.openapi(listRoute, async (context) => {
    const { district, onDay, asOf } = context.req.valid('query');
    await momentOf(database, district, asOf, now());
    return context.json({ items: await readOfficers(database, district, { day: onDay, asOf }) }, 200);
  });
  app.openapi(registerRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { officerId = newId(), ...told } = context.req.valid('json');
    const stamped = await stampOf(context, district);
    const { sequence, projected } = await sayOf(parts, stamped, officerId, {
      noun: 'officer',
      read: async () => ({}),
      decide: () => [officerRegistered, { officerId, ...told, occurredAt: stamped.now }],
    });
    return context.json({ officerId, sequence, projected }, 201);
  });
  app.openapi(shiftsRoute, async (context) => {
    const { district, targetId, from, until, asOf } = context.req.valid('query');
    const moment = await momentOf(database, district, asOf, now());
    const items = await readShifts(database, district, { targetId, from: from ?? moment.instant, until, asOf });
    return context.json({ items }, 200);
  });
  app.openapi(setShiftRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { shiftId = newId(), ...told } = context.req.valid('json');
    if (Date.parse(told.until) < Date.parse(told.from))
      throw new Problem(422, 'The request does not fit', {
        errors: [{ field: 'json.until', value: told.until, reason: `not before ${told.from}` }],
      });
    const stamped = await stampOf(context, district);
    const { sequence, projected } = await sayOf(parts, stamped, shiftId, {
      noun: 'shift',
      read: async () => (await readOfficers(database, district, { officerId: told.officerId }))[0],
      decide: (found) => {
        if (!found) throw notKnown('officer', 'json.officerId', told.officerId);
        return [shiftSet, { shiftId, ...told, occurredAt: stamped.now }];
      },
    });
    return context.json({ shiftId, sequence, projected }, 201);
  });
}
