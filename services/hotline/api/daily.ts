import { createRoute, z } from '@hono/zod-openapi';
import { districtQuery, readAnswers } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { appendProblem } from '#platform/command.ts';
import { callerOf } from '../../district/stamp.ts';
import { changedAnswers, jsonBody } from '../../lifecycle/route-shapes.ts';
import type { CommandParts } from '../../lifecycle/run-command.ts';
import { message, stampOf } from '../calls/commands.ts';
import { dailyCallsSet, rounds } from '../daily/events.ts';
import { readRound } from '../daily/projection.ts';
import { daily, dailyRule } from '../daily/rule.ts';
import { momentOf } from './moment.ts';

const answer = z
  .object({ enabled: z.boolean(), mostPerDay: z.number().int().nullable(), rule: dailyRule })
  .openapi('DailyCalls');
const readRoute = createRoute({
  method: 'get',
  path: '/api/hotline/daily',
  summary: 'Whether patients at home are called every day, and by which rule',
  request: { query: districtQuery },
  responses: readAnswers('the rule', answer),
});
const setRoute = createRoute({
  method: 'post',
  path: '/api/hotline/daily',
  summary: 'Switches the daily calls of a district on or off',
  request: { query: districtQuery, body: jsonBody(z.object({ enabled: z.boolean() }).openapi('DailyCallsSet')) },
  responses: changedAnswers(z.object({ enabled: z.boolean(), sequence: z.number() }).openapi('DailyCallsAccepted')),
});

export function addDailyRoutes(app: App, parts: CommandParts): void {
  const { database, appender, now } = parts;
  app.openapi(readRoute, async (context) => {
    const { district } = context.req.valid('query');
    await momentOf(database, district, undefined, now());
    return context.json({ ...(await readRound(database, district, rounds.daily)), rule: daily }, 200);
  });
  app.openapi(setRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { enabled } = context.req.valid('json');
    const stamped = await stampOf(parts, district, callerOf(context));
    const result = await appender.append(
      message(stamped, dailyCallsSet, { roundId: rounds.daily, enabled, occurredAt: stamped.now }),
    );
    if (!result.ok) throw appendProblem(result);
    return context.json({ enabled, sequence: result.sequence }, 200);
  });
}
