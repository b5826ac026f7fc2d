import { createRoute } from '@hono/zod-openapi';
import { businessRegistration } from '#contracts/events/economy/business-registered.ts';
import { businessStatusChange } from '#contracts/events/economy/business-status-changed.ts';
import { accepted } from '#contracts/http/economy.ts';
import { districtQuery } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { callerOf } from '../../district/stamp.ts';
import {
  changedAnswers,
  createdAnswers,
  idParams,
  ifMatchHeader,
  jsonBody,
  newIdentifier,
} from '../../lifecycle/route-shapes.ts';
import type { CommandParts } from '../../lifecycle/run-command.ts';
import { decideRegistration, decideStatus } from '../business/decide.ts';
import { findBusiness } from '../reads/businesses.ts';
import { momentOf } from '../reads/moment.ts';
import { runBusinessCommand, stampOf } from './commands.ts';

const registerBody = businessRegistration.extend({ businessId: newIdentifier }).openapi('BusinessRegistration');
const registerRoute = createRoute({
  method: 'post',
  path: '/api/economy/businesses',
  summary: 'Register a business',
  request: { query: districtQuery, body: jsonBody(registerBody) },
  responses: createdAnswers(accepted),
});

const statusBody = businessStatusChange
  .omit({ businessId: true })
  .extend({
    effectiveDate: businessStatusChange.shape.effectiveDate
      .optional()
      .openapi({ description: 'left out: today, in the district' }),
  })
  .openapi('BusinessStatusChange');
const statusRoute = createRoute({
  method: 'post',
  path: '/api/economy/businesses/{id}/status',
  summary: 'A business opens, closes, is suspended or may open with limits, from a day on',
  request: { params: idParams, query: districtQuery, headers: ifMatchHeader, body: jsonBody(statusBody) },
  responses: changedAnswers(accepted),
});

/** Commands on businesses: register, change status. */
export function addBusinessCommandRoutes(app: App, parts: CommandParts): void {
  app.openapi(registerRoute, async (context) => {
    const { district } = context.req.valid('query');
    const body = context.req.valid('json');
    const data = { ...body, businessId: body.businessId ?? parts.newId() };
    const { businessId } = data;
    const stamp = await stampOf(parts, district, callerOf(context));
    const { sequence, projected, etag } = await runBusinessCommand(parts, {
      stamp,
      businessId,
      ifMatch: undefined,
      decide: (current) => decideRegistration(current, data, stamp),
    });
    const moment = await momentOf(parts.database, district, undefined, parts.now());
    const business = (await findBusiness(parts.database, moment, businessId, moment.day)) ?? null;
    return context.json({ businessId, sequence, projected, business }, 201, {
      etag,
      location: `/api/economy/businesses/${businessId}?district=${district}`,
    });
  });

  app.openapi(statusRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { id: businessId } = context.req.valid('param');
    const body = context.req.valid('json');
    const stamp = await stampOf(parts, district, callerOf(context));
    const today = await momentOf(parts.database, district, stamp.now, parts.now());
    const data = { ...body, businessId, effectiveDate: body.effectiveDate ?? today.day };
    const { sequence, projected, etag } = await runBusinessCommand(parts, {
      stamp,
      businessId,
      ifMatch: context.req.valid('header')['if-match'],
      // While nobody has registered it, it waits, and is not known.
      decide: (current) => decideStatus(current?.state.registered ? current : undefined, data, stamp),
    });
    const moment = await momentOf(parts.database, district, undefined, parts.now());
    const business = (await findBusiness(parts.database, moment, businessId, data.effectiveDate)) ?? null;
    return context.json({ businessId, sequence, projected, business }, 200, { etag });
  });
}
