import type { EventData } from '#contracts/catalogue.ts';
import { codeVersion } from './assumptions.ts';
import { type FittedModel, runnable } from './fitted-models.ts';
import { scenariosOfModel } from './levers.ts';
import { weeklyCuts } from './model-answer.ts';
import { planMeasuresOf, planRun, planTargetOf } from './plan-measures.ts';
import type { WholeRunRow } from './reads/runs.ts';
import type { ScenarioBasis } from './reads/scenario-basis.ts';
import { refusalInWords } from './refusal-in-words.ts';
import { comparisonResult, planResultOf } from './results.ts';
import { inThread, JobRefused } from './work/job-thread.ts';

/** How a run ends by itself. */
export type RunEnd =
  | { type: 'scenario-completed'; data: EventData<'scenario-completed'> }
  | { type: 'scenario-failed'; data: EventData<'scenario-failed'> };

/** Runs the scenarios, or the search for a plan, on a fitted model, in a thread of their own. What cannot be done is an end too. */
export async function computeRun(
  { runId, kind, request }: WholeRunRow,
  { startDate, question }: ScenarioBasis,
  inputHash: string,
  fit: () => Promise<FittedModel>,
  control: { signal: AbortSignal; progress: (share: number) => void },
): Promise<RunEnd> {
  const completed = { runId, kind, inputHash, dataHash: question.hash, codeVersion };
  try {
    const model = await fit();
    const origin = { startDate, modelId: model.modelId };
    const district = runnable(model);
    if (kind === 'comparison') {
      const { days, paths, seed, scenarios } = request;
      const run = { days, paths, seed, stepDays: 1 };
      const answer = await inThread(
        { kind, district, scenarios: scenariosOfModel(scenarios, startDate), run, weeklyCuts },
        control,
      );
      return { type: 'scenario-completed', data: { ...completed, comparison: comparisonResult(origin, answer) } };
    }
    const asked = request;
    const answer = await inThread(
      { kind, district, measures: planMeasuresOf(asked), target: planTargetOf(asked), run: planRun(asked) },
      control,
    );
    return { type: 'scenario-completed', data: { ...completed, plan: planResultOf(origin, asked, answer) } };
  } catch (error) {
    if (!(error instanceof JobRefused)) throw error;
    return {
      type: 'scenario-failed',
      data: { runId, kind, ...refusalInWords(error) },
    };
  }
}
