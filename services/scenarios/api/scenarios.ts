import { dayNumber } from '@vungxanh/ml';
import type { Context } from 'hono';
import type { ScenarioRun } from '#contracts/scenarios.ts';
import type { App } from '#platform/app.ts';
import { assertMayIn } from '#platform/permission.ts';
import type { ServiceParts } from '#platform/service.ts';
import { exactAreas } from '#platform/small-cells.ts';
import { momentOf } from '../../case-history/moment.ts';
import { callerOf } from '../../district/stamp.ts';
import { modelAnswer, withheldAnswer } from '../model-answer.ts';
import { nothingRecord } from '../nothing-record.ts';
import { readNothingRuns } from '../reads/runs.ts';
import { readBasis, withheld } from '../reads/scenario-basis.ts';
import { refusalInWords } from '../refusal-in-words.ts';
import type { ScenarioRuns } from '../scenario-runs.ts';
import { JobRefused } from '../work/job-thread.ts';
import { streamRun } from './progress.ts';
import { askRoute, cancelRoute, listRoute, modelRoute, oneRoute, planRoute, progressRoute } from './routes.ts';

/** A run for who asks: chances of single wards begin with how many were ill in each, and are told to who may be told that. */
async function tellable(context: Context, run: ScenarioRun): Promise<ScenarioRun> {
  if (!run.comparison || (await exactAreas(context, run.district)) === 'all') return run;
  const outcomes = run.comparison.outcomes.map(({ wards: _, ...outcome }) => outcome);
  return { ...run, comparison: { ...run.comparison, outcomes } };
}

/** The routes of scenarios. */
export function addScenarioRoutes(
  app: App,
  { database, now }: Pick<ServiceParts, 'database' | 'now'>,
  runs: ScenarioRuns,
): void {
  app.openapi(modelRoute, async (context) => {
    const { district, asOf } = context.req.valid('query');
    const moment = await momentOf(database, district, asOf, now());
    const basis = await readBasis(database, moment);
    if (withheld(basis)) return context.json(withheldAnswer(moment, basis), 200);
    try {
      const [model, past] = await Promise.all([
        runs.models.of(basis.question),
        readNothingRuns(database, district, moment.instant),
      ]);
      return context.json(modelAnswer(basis, model, nothingRecord(past, basis.outcomes, dayNumber(moment.day))), 200);
    } catch (error) {
      if (!(error instanceof JobRefused)) throw error;
      return context.json(withheldAnswer(moment, refusalInWords(error)), 200);
    }
  });
  app.openapi(askRoute, async (context) => {
    const asked = { kind: 'comparison', request: context.req.valid('json') } as const;
    const { run, status } = await runs.ask(asked, callerOf(context));
    if (status === 202) context.header('location', `/api/scenarios/${run.id}`);
    return context.json(await tellable(context, run), status);
  });
  app.openapi(planRoute, async (context) => {
    const asked = { kind: 'plan', request: context.req.valid('json') } as const;
    const { run, status } = await runs.ask(asked, callerOf(context));
    if (status === 202) context.header('location', `/api/scenarios/${run.id}`);
    return context.json(run, status);
  });
  app.openapi(listRoute, async (context) => {
    const { district, asOf, limit, cursor } = context.req.valid('query');
    await momentOf(database, district, asOf, now());
    return context.json(await runs.list(district, asOf, { limit, cursor }), 200);
  });
  /** The number of a run, when its district is one of the caller's. */
  const permitted = async (context: Context, id: string) => {
    assertMayIn(context, (await runs.head(id)).district);
    return id;
  };
  app.openapi(oneRoute, async (context) => {
    const run = await runs.read(await permitted(context, context.req.valid('param').id));
    return context.json(await tellable(context, run), 200);
  });
  app.openapi(cancelRoute, async (context) => {
    const id = await permitted(context, context.req.valid('param').id);
    return context.json(await runs.cancel(id, callerOf(context)), 200);
  });
  app.openapi(progressRoute, async (context) => {
    const id = await permitted(context, context.req.valid('param').id);
    return streamRun(context, runs, id);
  });
}
