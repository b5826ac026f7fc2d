import { createRoute, z } from '@hono/zod-openapi';
import { asOfQuery, districtQuery, readAnswers } from '#contracts/http.ts';
import { bothLanguages } from '#contracts/primitives.ts';
import { notKnown } from '#lifecycle/problems.ts';
import { removalRoute } from '#lifecycle/removal.ts';
import { idParams } from '#lifecycle/route-shapes.ts';
import type { App } from '#platform/app.ts';
import { callerOf, stamp } from '../district/stamp.ts';
import type { CitizenParts } from './parts.ts';
import { viewReport } from './parts.ts';
import { contactOf } from './report/contacts.ts';
import { duplicateBounds, duplicateReport, suggestDuplicateReports } from './report/duplicates.ts';
import { removeReporter } from './report/remove-reporter.ts';
import { topicIds } from './report/topics.ts';
import { placeOnDay, wardNames } from './routing/place.ts';
import { routeOf, unitOfWard, units, unitWords } from './routing/routing.ts';

const degrees = (most: number) => z.coerce.number().min(-most).max(most);

/** What officers ask beside the entity's own routes. */
export function addStaffRoutes(app: App, parts: CitizenParts): void {
  const { database, kept, now } = parts;

  const unitsRoute = createRoute({
    method: 'get',
    path: '/api/citizens/units',
    summary: 'Units that a report may be routed to',
    request: { query: districtQuery },
    responses: readAnswers('units', z.object({ units: z.array(z.object({ unit: z.string(), words: bothLanguages })) })),
  });
  app.openapi(unitsRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { day } = await kept.momentOf(database, district, undefined, now());
    const names = await wardNames(database, district, day);
    const wards = [...names.keys()].map((wardId) => {
      const unit = unitOfWard(wardId);
      return { unit, words: unitWords(unit, (areaId) => names.get(areaId)) };
    });
    return context.json({ units: [...units, ...wards] }, 200);
  });

  const routingRoute = createRoute({
    method: 'get',
    path: '/api/citizens/routing',
    summary: 'Which unit owns a topic at a place on a day, and by which rule',
    request: {
      query: districtQuery.extend({
        topic: z.enum(topicIds),
        lon: degrees(180).optional(),
        lat: degrees(90).optional(),
        day: z.iso.date().optional().openapi({ description: 'left out: the day of the district’s clock' }),
      }),
    },
    responses: readAnswers(
      'the unit',
      z.object({
        unit: z.string(),
        words: bothLanguages,
        rule: z.string(),
        source: z.string(),
        verified: z.boolean(),
        day: z.string(),
        areaId: z.string().nullable(),
      }),
    ),
  });
  app.openapi(routingRoute, async (context) => {
    const { district, topic, lon, lat, ...asked } = context.req.valid('query');
    const moment = await kept.momentOf(database, district, undefined, now());
    const day = asked.day ?? moment.day;
    const location = lon === undefined || lat === undefined ? undefined : { lon, lat };
    const { areaId = null, areaIds, wardId } = await placeOnDay(database, district, day, { location });
    const route = routeOf({ topic, areaIds, wardId, day });
    const names = await wardNames(database, district, day);
    return context.json({ ...route, words: unitWords(route.unit, (id) => names.get(id)), day, areaId }, 200);
  });

  const duplicatesRoute = createRoute({
    method: 'get',
    path: '/api/citizens/duplicates',
    summary: 'Reports of the same topic nearby, answered ones too, nearest first',
    request: {
      query: asOfQuery.extend({
        topic: z.enum(topicIds),
        lon: degrees(180),
        lat: degrees(90),
        occurredAt: z.iso.datetime({ offset: true }).optional(),
        reportId: z.string().max(80).optional().openapi({ description: 'left out of the answer' }),
        ...duplicateBounds,
      }),
    },
    responses: readAnswers('at most 20', z.object({ asOf: z.string(), items: z.array(duplicateReport) })),
  });
  app.openapi(duplicatesRoute, async (context) => {
    const { district, asOf, topic, lon, lat, occurredAt, reportId, ...bounds } = context.req.valid('query');
    const moment = await kept.momentOf(database, district, asOf, now());
    const of = {
      topic,
      location: { lon, lat },
      occurredAt: occurredAt ?? moment.instant,
      ...(reportId ? { reportId } : {}),
    };
    return context.json(
      { asOf: moment.instant, items: await suggestDuplicateReports(database, moment, of, bounds) },
      200,
    );
  });

  const contactRoute = createRoute({
    method: 'get',
    path: '/api/citizens/reports/{id}/contact',
    summary: 'Who reported, as far as he said it',
    request: { params: idParams, query: districtQuery },
    responses: readAnswers(
      'null: not said',
      z.object({
        name: z.string().nullable(),
        phone: z.string().nullable(),
        email: z.string().nullable(),
        deviceId: z.string().nullable(),
        accountId: z.string().nullable(),
      }),
    ),
  });
  app.openapi(contactRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { id } = context.req.valid('param');
    if (!(await viewReport(parts, district, id))) throw notKnown('report', 'id', id);
    const {
      name = null,
      phone = null,
      email = null,
      deviceId = null,
      accountId = null,
    } = (await contactOf(database, district, id)) ?? {};
    return context.json({ name, phone, email, deviceId, accountId }, 200);
  });

  const removal = removalRoute(
    '/api/citizens/reports/{id}/contact/removal',
    'Remove who sent a report, for good, with his words and pictures',
  );
  app.openapi(removal, async (context) => {
    const { district } = context.req.valid('query');
    const { id: reportId } = context.req.valid('param');
    const stamped = await stamp(parts, district, callerOf(context), (of) => kept.newestKnown(database, of));
    const removed = await removeReporter(parts, stamped, { reportId, ...context.req.valid('json') });
    if (!removed) throw notKnown('report', 'id', reportId);
    return context.json(removed, 201);
  });
}
