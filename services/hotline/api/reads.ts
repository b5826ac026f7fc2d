import { createRoute, z } from '@hono/zod-openapi';
import { asOfQuery, districtQuery, readAnswers } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { etagOf } from '#platform/command.ts';
import type { ServiceParts } from '#platform/service.ts';
import { plannedFor } from '../../clocks/due-rows.ts';
import { notKnownThen } from '../../lifecycle/problems.ts';
import { idParams } from '../../lifecycle/route-shapes.ts';
import { chainRule, chainRules, channel } from '../chain/rules.ts';
import { ruleSet, ruleSets } from '../triage/judge.ts';
import { momentOf } from './moment.ts';
import { findCall, ledgerOf, listCalls } from './read-calls.ts';
import { seesPatients } from './sees-patients.ts';
import { callDetail, caller, callFilter, callPage } from './shapes.ts';

const rulesRoute = createRoute({
  method: 'get',
  path: '/api/hotline/rules',
  summary: 'The number of the hotline, whom a call rings by date, and how symptoms are judged',
  responses: readAnswers(
    'the rules, with their sources',
    z.object({ channel: z.string(), chains: z.array(chainRule), symptoms: z.array(ruleSet) }).openapi('HotlineRules'),
  ),
});
const listRoute = createRoute({
  method: 'get',
  path: '/api/hotline/calls',
  summary: 'Calls with whom they rang and what came back, newest first',
  request: { query: callFilter },
  responses: readAnswers('a page, with the total of the filter', callPage),
});
const oneRoute = createRoute({
  method: 'get',
  path: '/api/hotline/calls/{id}',
  summary: 'A call with its ledger and what becomes due',
  request: { params: idParams, query: asOfQuery },
  responses: readAnswers('the call; ETag is its version', callDetail),
});
const callerRoute = createRoute({
  method: 'get',
  path: '/api/hotline/calls/{id}/caller',
  summary: 'Who called, from where, and what was answered',
  request: { params: idParams, query: districtQuery },
  responses: readAnswers('the caller', caller),
});

/** What can be read; calls look from `asOf`. */
export function addReadRoutes(app: App, { database, now }: Pick<ServiceParts, 'database' | 'now'>): void {
  app.openapi(rulesRoute, (context) => context.json({ channel, chains: chainRules, symptoms: ruleSets }, 200));

  app.openapi(listRoute, async (context) => {
    const filter = context.req.valid('query');
    const moment = await momentOf(database, filter.district, filter.asOf, now());
    return context.json(
      { asOf: moment.instant, ...(await listCalls(database, moment, filter, seesPatients(context, filter.district))) },
      200,
    );
  });

  app.openapi(oneRoute, async (context) => {
    const { district, asOf } = context.req.valid('query');
    const { id } = context.req.valid('param');
    const moment = await momentOf(database, district, asOf, now());
    const found = await findCall(database, moment, id, seesPatients(context, district));
    if (!found) throw notKnownThen('call', id, moment);
    // What is planned is of now: a plan that was changed since is in the ledger.
    const planned = asOf === undefined ? await plannedFor(database, { table: 'hotline.due_times' }, district, id) : [];
    context.header('etag', etagOf(found.version));
    return context.json(
      {
        ...found,
        planned: planned.map(({ rule, sequence, dueAt, type }) => ({ rule, sequence, dueAt, type })),
        history: await ledgerOf(database, moment, id),
      },
      200,
    );
  });

  app.openapi(callerRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { id } = context.req.valid('param');
    const moment = await momentOf(database, district, undefined, now());
    const { rows } = await database.query<{
      caller_number: string | null;
      lon: number | null;
      lat: number | null;
      case_id: string | null;
      triage: z.infer<typeof caller>['triage'];
      triaged_at: Date | null;
    }>(
      'SELECT caller_number, lon, lat, case_id, triage, triaged_at FROM hotline.callers WHERE district = $1 AND call_id = $2',
      [district, id],
    );
    const row = rows[0];
    if (!row) throw notKnownThen('caller', id, moment);
    return context.json(
      {
        callId: id,
        callerNumber: row.caller_number,
        location: row.lon === null || row.lat === null ? null : { lon: row.lon, lat: row.lat },
        caseId: row.case_id,
        triage: row.triage,
        triagedAt: row.triaged_at?.toISOString() ?? null,
      },
      200,
    );
  });
}
