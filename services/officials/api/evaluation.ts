import { createRoute, z } from '@hono/zod-openapi';
import { addDays } from '#contracts/days.ts';
import { asOfQuery, districtQuery, problemResponses, readAnswers } from '#contracts/http.ts';
import { askedDay, identifier, longText, shortText } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { callerOf, stamp } from '../../district/stamp.ts';
import { idTaken, notKnown } from '../../lifecycle/problems.ts';
import { changedAnswers, createdAnswers, idParams, jsonBody, newIdentifier } from '../../lifecycle/route-shapes.ts';
import { counts, scoreOf } from '../evaluation/evaluate.ts';
import { disputeDecided, evaluationDisputed } from '../evaluation/events.ts';
import { evidenceCsv } from '../evaluation/evidence.ts';
import { fewestRows, formulaIds, formulas } from '../evaluation/formulas.ts';
import { type Period, readDisputes, readLedger } from '../evaluation/read-ledger.ts';
import { momentOf, newestKnown } from '../moment.ts';
import { type OfficialsParts, sayOf } from '../parts.ts';
import { dispute, formula, journalled, scores } from './shapes.ts';
import { officerAsked, ownOfficer } from './who.ts';

const longestDays = 366;
const usualDays = 30;
const period = districtQuery.extend({
  officerId: identifier.optional().openapi({ description: 'left out: the officer of this account' }),
  from: askedDay.optional().openapi({ description: 'first local day; left out: 30 days up to the last one' }),
  to: askedDay.optional().openapi({ description: 'last local day; left out: that of the clock' }),
});
const formulasRoute = createRoute({
  method: 'get',
  path: '/api/officials/formulas',
  summary: 'How the numbers of an evaluation are worked out',
  responses: readAnswers(
    'formulas, with their sources',
    z.object({ formulas: z.array(formula), fewestRows: z.number().int() }).openapi('EvaluationFormulas'),
  ),
});
const scoresRoute = createRoute({
  method: 'get',
  path: '/api/officials/scores',
  summary: 'The numbers of an officer and every row behind them: one’s own, or with the right for it another’s',
  request: { query: period },
  responses: readAnswers('numbers and rows', scores),
});
const evidenceRoute = createRoute({
  method: 'get',
  path: '/api/officials/evidence',
  summary: 'The rows behind an officer’s numbers as CSV',
  request: { query: period },
  responses: {
    200: { description: 'RFC 4180, UTF-8', content: { 'text/csv': { schema: z.string() } } },
    ...problemResponses,
  },
});
const disputesRoute = createRoute({
  method: 'get',
  path: '/api/officials/disputes',
  summary: 'Disputes: all for who decides, else one’s own',
  request: { query: asOfQuery },
  responses: readAnswers('disputes, oldest first', z.object({ items: z.array(dispute) }).openapi('Disputes')),
});
const disputeRoute = createRoute({
  method: 'post',
  path: '/api/officials/disputes',
  summary: 'An officer says that a row behind his number is not his, or not true',
  request: {
    query: districtQuery,
    body: jsonBody(
      z
        .object({
          disputeId: newIdentifier,
          officerId: identifier.optional(),
          formula: z.enum(formulaIds),
          rowId: shortText,
          reason: longText.min(1),
        })
        .openapi('DisputeTold'),
    ),
  },
  responses: createdAnswers(z.object({ disputeId: z.string(), ...journalled }).openapi('DisputeAccepted')),
});
const decideRoute = createRoute({
  method: 'post',
  path: '/api/officials/disputes/{id}/decide',
  summary: 'A person decides; accepted: the row is counted for the officer no more',
  request: {
    params: idParams,
    query: districtQuery,
    body: jsonBody(z.object({ accepted: z.boolean(), reason: longText.min(1) }).openapi('DisputeDecision')),
  },
  responses: changedAnswers(z.object({ disputeId: z.string(), ...journalled }).openapi('DisputeChanged')),
});

/** The numbers of officers, what they are made of, and what is said against it. Nothing follows from a number by itself. */
export function addEvaluationRoutes(app: App, parts: OfficialsParts): void {
  const { database, now, newId } = parts;
  const stampOf = (context: Parameters<typeof callerOf>[0], district: string) =>
    stamp(parts, district, callerOf(context), (of) => newestKnown(database, of));
  async function ledgerOf(
    context: Parameters<typeof officerAsked>[1],
    { district, officerId, from, to }: z.infer<typeof period>,
    forOthers = 'evaluation.read-others',
  ) {
    const moment = await momentOf(database, district, undefined, now());
    const officer = await officerAsked(database, context, district, { officerId, forOthers });
    const last = to ?? moment.day;
    const span: Period = { from: from ?? addDays(last, 1 - usualDays), to: last };
    if (span.from > span.to || addDays(span.from, longestDays) <= span.to)
      throw new Problem(422, 'The request does not fit', {
        errors: [
          {
            field: 'query.from',
            value: span.from,
            reason: `at most ${longestDays} days that end with ${span.to}`,
            words: {
              vi: `tối đa ${longestDays} ngày, đến hết ${span.to}`,
              en: `at most ${longestDays} days that end with ${span.to}`,
            },
          },
        ],
      });
    return { moment, officer, span, ledger: await readLedger(database, moment, officer, span) };
  }

  app.openapi(formulasRoute, (context) => context.json({ formulas: [...formulas], fewestRows }, 200));
  app.openapi(scoresRoute, async (context) => {
    const { moment, officer, span, ledger } = await ledgerOf(context, context.req.valid('query'));
    return context.json(
      {
        ...{ asOf: moment.instant, officer, ...span, fewestRows },
        scores: formulas.map((one) => scoreOf(one, ledger)),
        ledger: ledger.map((row) => ({ ...row, counts: counts(row) })),
      },
      200,
    );
  });
  app.openapi(evidenceRoute, async (context) => {
    const { officer, span, ledger } = await ledgerOf(context, context.req.valid('query'));
    return context.body(evidenceCsv(ledger, formulas), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${officer.officerId}-${span.from}-${span.to}.csv"`,
    });
  });
  app.openapi(disputesRoute, async (context) => {
    const { district, asOf } = context.req.valid('query');
    await momentOf(database, district, asOf, now());
    const { caller } = context.var;
    const all = caller?.may('evaluation.decide', 'public', { district }) ?? true;
    const own = all ? undefined : await ownOfficer(database, context, district);
    const items = all || own ? await readDisputes(database, district, { officerId: own?.officerId, asOf }) : [];
    return context.json({ items }, 200);
  });
  app.openapi(disputeRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { disputeId = newId(), officerId: named, formula: of, rowId, reason } = context.req.valid('json');
    const moment = await momentOf(database, district, undefined, now());
    const officer = await officerAsked(database, context, district, {
      ...{ officerId: named, forOthers: 'evaluation.dispute-for' },
    });
    const { officerId } = officer;
    // Of whatever period the row is, as long as one can ask for at once.
    const span = { from: addDays(moment.day, -longestDays), to: moment.day };
    const row = (await readLedger(database, moment, officer, span)).find(
      (one) => one.formula === of && one.rowId === rowId,
    );
    if (!row) throw notKnown('row', 'json.rowId', rowId);
    if (row.dispute) throw idTaken('The row is disputed already', 'json.rowId', rowId);
    const stamped = await stampOf(context, district);
    const { sequence, projected } = await sayOf(parts, stamped, disputeId, {
      noun: 'dispute',
      read: async () => (await readDisputes(database, district, { disputeId }))[0],
      decide: (known) => {
        if (known) throw idTaken('The dispute is known already', 'json.disputeId', disputeId);
        return [evaluationDisputed, { disputeId, officerId, formula: of, rowId, reason, occurredAt: stamped.now }];
      },
    });
    return context.json({ disputeId, sequence, projected }, 201);
  });
  app.openapi(decideRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { id: disputeId } = context.req.valid('param');
    const { accepted, reason } = context.req.valid('json');
    const own = await ownOfficer(database, context, district);
    const stamped = await stampOf(context, district);
    const { sequence, projected } = await sayOf(parts, stamped, disputeId, {
      noun: 'dispute',
      read: async () => (await readDisputes(database, district, { disputeId }))[0],
      decide: (known) => {
        if (!known) throw notKnown('dispute', 'param.id', disputeId);
        if (own?.officerId === known.officerId)
          throw new Problem(403, 'Nobody decides what is his own', {
            vietnamese: { title: 'Không ai tự quyết định khiếu nại của mình' },
          });
        if (known.accepted !== null)
          throw new Problem(409, 'The dispute is decided already', {
            vietnamese: { title: 'Khiếu nại này đã được quyết định' },
          });
        return [disputeDecided, { disputeId, accepted, reason, occurredAt: stamped.now }];
      },
    });
    return context.json({ disputeId, sequence, projected }, 200);
  });
}
