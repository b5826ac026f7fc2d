import { createRoute, z } from '@hono/zod-openapi';
import { personRoles } from '#contracts/access/roles.ts';
import { asOfQuery, districtQuery, readAnswers } from '#contracts/http.ts';
import { identifier, instant, longText, shortText } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import type { Caller } from '#platform/permission.ts';
import { Problem, stepNotLawful } from '#platform/problem.ts';
import type { Moment } from '../../district/moment.ts';
import { flag } from '../../district/query.ts';
import { callerOf, stamp } from '../../district/stamp.ts';
import { idTaken, notKnown } from '../../lifecycle/problems.ts';
import { changedAnswers, createdAnswers, idParams, jsonBody, newIdentifier } from '../../lifecycle/route-shapes.ts';
import {
  directiveAcknowledged,
  directiveIssued,
  directiveProgressed,
  directiveWithdrawn,
} from '../directives/events.ts';
import { readDirectives } from '../directives/read-directives.ts';
import { addresseesOf, type Directive, type DirectiveStep, lawfulSteps } from '../directives/state.ts';
import { momentOf, newestKnown } from '../moment.ts';
import { type OfficialsParts, sayOf } from '../parts.ts';
import { type Officer, readOfficers } from '../register/read-officers.ts';
import { directive, journalled } from './shapes.ts';
import { officerAsked, ownOfficer } from './who.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/officials/directives',
  summary: 'Directives as they stand, newest first: who has answered, who has not, what is overdue',
  request: {
    query: asOfQuery.extend({
      officerId: identifier.optional().openapi({ description: 'of those addressed to him' }),
      waiting: flag.openapi({ description: 'true: those that somebody has not answered, or that are overdue' }),
    }),
  },
  responses: readAnswers(
    'directives; `waiting` counts those before the leader',
    z.object({ asOf: z.string(), waiting: z.number().int(), items: z.array(directive) }).openapi('Directives'),
  ),
});
const issueRoute = createRoute({
  method: 'post',
  path: '/api/officials/directives',
  summary: 'Asks something of units, duties, or whoever has an area',
  request: {
    query: districtQuery,
    body: jsonBody(
      z
        .object({
          directiveId: newIdentifier,
          title: shortText,
          text: longText.min(1),
          areaIds: z.array(identifier).max(50).default([]),
          units: z.array(shortText).max(50).default([]),
          roles: z.array(z.enum(personRoles)).max(personRoles.length).default([]),
          answeredBy: z.enum(['all', 'any']).default('all'),
          dueAt: instant,
        })
        .openapi('DirectiveIssue'),
    ),
  },
  responses: createdAnswers(
    z.object({ directiveId: z.string(), addressees: z.number().int(), ...journalled }).openapi('DirectiveAccepted'),
  ),
});
const bodies = {
  acknowledge: z.object({ officerId: identifier.optional() }),
  report: z.object({
    officerId: identifier.optional(),
    percent: z.number().int().min(0).max(100),
    note: longText.optional(),
  }),
  withdraw: z.object({ reason: longText.min(1) }),
};
const stepRoute = <Body extends z.ZodType>(step: DirectiveStep, summary: string, body: Body) =>
  createRoute({
    method: 'post',
    path: `/api/officials/directives/{id}/${step}`,
    summary,
    request: { params: idParams, query: districtQuery, body: jsonBody(body) },
    responses: changedAnswers(z.object({ directiveId: z.string(), ...journalled }).openapi('DirectiveChanged')),
  });
const acknowledgeRoute = stepRoute('acknowledge', 'An addressee has read it', bodies.acknowledge);
const reportRoute = stepRoute('report', 'An addressee tells how far he is; 100: done', bodies.report);
const withdrawRoute = stepRoute('withdraw', 'It is asked no more', bodies.withdraw);

const isOver = ({ status }: Directive) => status === 'done' || status === 'withdrawn';
const isOverdue = (one: Directive, at: string) => !isOver(one) && Date.parse(one.dueAt) <= Date.parse(at);
const waits = (one: Directive, at: string) => one.unanswered.length > 0 || isOverdue(one, at);

/** A directive is of its areas; one of none is of the district as a whole. */
function assertMayOf(
  { var: { caller } }: { var: { caller?: Caller | undefined } },
  district: string,
  areaIds: readonly string[],
): void {
  if (!caller || caller.may('directive.issue', 'public', { district, areas: areaIds })) return;
  throw new Problem(403, 'Not permitted', {
    detail: 'A leader of some areas issues directives of those.',
    vietnamese: { title: 'Không được phép', detail: 'Lãnh đạo phường chỉ ra chỉ đạo trong khu vực của mình.' },
    extensions: { action: 'directive.issue', dataClass: 'public', district },
  });
}

/** The areas above each, itself included, as known now. */
async function readAbove(
  { database }: OfficialsParts,
  { district, now, day }: Moment,
): Promise<(areaId: string) => string[]> {
  const { rows } = await database.query<{ area_id: string; above: string[] }>(
    'SELECT area_id, array_agg(ancestor_id) AS above FROM geography.ancestors_at($1, $2::timestamptz, $3::date) GROUP BY 1',
    [district, now, day],
  );
  const above = new Map(rows.map((one) => [one.area_id, [...one.above, one.area_id]]));
  return (areaId) => above.get(areaId) ?? [areaId];
}

/** What leaders ask and officers answer. */
export function addDirectiveRoutes(app: App, parts: OfficialsParts): void {
  const { database, now, newId } = parts;
  const stampOf = (context: Parameters<typeof callerOf>[0], district: string) =>
    stamp(parts, district, callerOf(context), (of) => newestKnown(database, of));
  const readOne = async (district: string, id: string) => (await readDirectives(database, district, [id])).get(id);

  app.openapi(listRoute, async (context) => {
    const { district, officerId, waiting, asOf } = context.req.valid('query');
    const moment = await momentOf(database, district, asOf, now());
    const own = await ownOfficer(database, context, district);
    const names = new Map((await readOfficers(database, district, { asOf })).map((one) => [one.officerId, one.name]));
    const all = [...(await readDirectives(database, district, undefined, asOf)).values()].filter(
      ({ addressees }) => officerId === undefined || addressees.some((one) => one.officerId === officerId),
    );
    const waitingNow = all.filter((one) => waits(one, moment.instant));
    const shown = waiting === undefined ? all : all.filter((one) => waits(one, moment.instant) === waiting);
    return context.json(
      {
        asOf: moment.instant,
        waiting: waitingNow.length,
        items: shown.map((one) => ({
          ...one,
          addressees: one.addressees.map((person) => ({
            ...person,
            name: names.get(person.officerId) ?? person.officerId,
          })),
          overdue: isOverdue(one, moment.instant),
          // Of a moment that is past nothing is answered.
          lawfulSteps: own && asOf === undefined ? lawfulSteps(one, own.officerId) : [],
        })),
      },
      200,
    );
  });

  app.openapi(issueRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { directiveId = newId(), ...asked } = context.req.valid('json');
    assertMayOf(context, district, asked.areaIds);
    const stamped = await stampOf(context, district);
    if (Date.parse(asked.dueAt) <= Date.parse(stamped.now))
      throw new Problem(422, 'The request does not fit', {
        errors: [
          {
            field: 'json.dueAt',
            value: asked.dueAt,
            reason: `after ${stamped.now}`,
            words: { vi: `sau ${stamped.now}`, en: `after ${stamped.now}` },
          },
        ],
      });
    const moment = await momentOf(database, district, undefined, now());
    const officers: Officer[] = await readOfficers(database, district, { day: moment.day });
    const addressees = addresseesOf(asked, officers, await readAbove(parts, moment)).map((one) => one.officerId);
    if (addressees.length === 0)
      throw new Problem(422, 'Nobody of the register is addressed', {
        vietnamese: { title: 'Không có cán bộ nào thuộc đối tượng nhận chỉ đạo' },
        errors: [
          {
            field: 'json.units',
            value: asked.units,
            reason: 'units, duties or areas of somebody who serves today',
            words: {
              vi: 'đơn vị, nhiệm vụ hoặc khu vực của người đang làm việc hôm nay',
              en: 'units, duties or areas of somebody who serves today',
            },
          },
        ],
      });
    const { sequence, projected } = await sayOf(parts, stamped, directiveId, {
      noun: 'directive',
      read: () => readOne(district, directiveId),
      decide: (known) => {
        if (known) throw idTaken('The directive is known already', 'json.directiveId', directiveId);
        return [directiveIssued, { directiveId, ...asked, addressees, occurredAt: stamped.now }];
      },
    });
    return context.json({ directiveId, addressees: addressees.length, sequence, projected }, 201);
  });

  /** @throws Problem 404, 409 with the lawful steps */
  const assertStep = (found: Directive | undefined, id: string, step: DirectiveStep, officerId: string | undefined) => {
    if (!found) throw notKnown('directive', 'param.id', id);
    const lawful = lawfulSteps(found, officerId);
    if (!lawful.includes(step)) throw stepNotLawful({ step, field: 'step', from: found.status, lawful });
    return found;
  };
  const answeredFor = { forOthers: 'directive.answer-for' };
  app.openapi(acknowledgeRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { id: directiveId } = context.req.valid('param');
    const asked = context.req.valid('json');
    const { officerId } = await officerAsked(database, context, district, {
      officerId: asked.officerId,
      ...answeredFor,
    });
    const stamped = await stampOf(context, district);
    const { sequence, projected } = await sayOf(parts, stamped, directiveId, {
      noun: 'directive',
      read: () => readOne(district, directiveId),
      decide: (found) => {
        assertStep(found, directiveId, 'acknowledge', officerId);
        return [directiveAcknowledged, { directiveId, officerId, occurredAt: stamped.now }];
      },
    });
    return context.json({ directiveId, sequence, projected }, 200);
  });
  app.openapi(reportRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { id: directiveId } = context.req.valid('param');
    const { officerId: named, percent, note } = context.req.valid('json');
    const { officerId } = await officerAsked(database, context, district, { officerId: named, ...answeredFor });
    const stamped = await stampOf(context, district);
    const { sequence, projected } = await sayOf(parts, stamped, directiveId, {
      noun: 'directive',
      read: () => readOne(district, directiveId),
      decide: (found) => {
        assertStep(found, directiveId, 'report', officerId);
        return [
          directiveProgressed,
          { directiveId, officerId, percent, ...(note === undefined ? {} : { note }), occurredAt: stamped.now },
        ];
      },
    });
    return context.json({ directiveId, sequence, projected }, 200);
  });
  app.openapi(withdrawRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { id: directiveId } = context.req.valid('param');
    const { reason } = context.req.valid('json');
    const stamped = await stampOf(context, district);
    const { sequence, projected } = await sayOf(parts, stamped, directiveId, {
      noun: 'directive',
      read: () => readOne(district, directiveId),
      decide: (found) => {
        assertMayOf(context, district, assertStep(found, directiveId, 'withdraw', undefined).areaIds);
        return [directiveWithdrawn, { directiveId, reason, occurredAt: stamped.now }];
      },
    });
    return context.json({ directiveId, sequence, projected }, 200);
  });
}
