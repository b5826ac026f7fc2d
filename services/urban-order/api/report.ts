import { createRoute } from '@hono/zod-openapi';
import { violationReport } from '#contracts/events/urban-order/violation-reported.ts';
import { accepted } from '#contracts/http/urban-order.ts';
import { districtQuery } from '#contracts/http.ts';
import { instant } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { callerOf } from '../../district/stamp.ts';
import { createdAnswers, jsonBody, newIdentifier } from '../../lifecycle/route-shapes.ts';
import type { CommandParts } from '../../lifecycle/run-command.ts';
import { duplicateBounds, suggestDuplicates } from '../reads/duplicates.ts';
import { momentOf } from '../reads/moment.ts';
import { findViolation } from '../reads/violations.ts';
import { decideReport } from '../violation/decide.ts';
import { runViolationCommand, stampOf } from './commands.ts';

const reportBody = violationReport
  .extend({
    violationId: newIdentifier,
    occurredAt: instant.optional().openapi({ description: 'left out: now' }),
  })
  .openapi('ViolationReport');

const route = createRoute({
  method: 'post',
  path: '/api/urban-order/violations',
  summary: 'Report a violation; answers with reports that may be the same breach',
  request: { query: districtQuery.extend(duplicateBounds), body: jsonBody(reportBody) },
  responses: createdAnswers(accepted),
});

export function addReportRoute(app: App, parts: CommandParts): void {
  app.openapi(route, async (context) => {
    const { district, ...bounds } = context.req.valid('query');
    const body = context.req.valid('json');
    const stamp = await stampOf(parts, district, callerOf(context));
    const data = {
      ...body,
      violationId: body.violationId ?? parts.newId(),
      occurredAt: body.occurredAt ?? stamp.now,
    };
    const result = await runViolationCommand(parts, {
      stamp,
      violationId: data.violationId,
      ifMatch: undefined,
      decide: (current) => decideReport(current, data, stamp),
    });
    const moment = await momentOf(parts.database, district, undefined, parts.now());
    const duplicates = data.location
      ? await suggestDuplicates(parts.database, moment, { ...data, location: data.location }, bounds)
      : [];
    const violation = (await findViolation(parts.database, moment, data.violationId)) ?? null;
    const { sequence, projected, etag } = result;
    return context.json({ violationId: data.violationId, sequence, projected, violation, duplicates }, 201, {
      etag,
      location: `/api/urban-order/violations/${data.violationId}?district=${district}`,
    });
  });
}
