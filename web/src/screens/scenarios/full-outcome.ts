import type { ScenarioLever, ScenarioRun } from '@vungxanh/services/contracts/scenarios.ts';
import type { Column } from './columns.ts';
import { clipped, signatureOf } from './draft.ts';
import type { RunnableModel } from './lever-days.ts';

/** What is looked at: the model, the days, and the id of an earlier run that was opened again. */
export interface Looked {
  model: RunnableModel | undefined;
  days: number;
  opened: string | undefined;
}

/** A finished run's outcome of the very same levers, days and data; `levers` undefined: of doing nothing. undefined when the run does not say it. */
export function fullOutcome(
  run: ScenarioRun | undefined,
  levers: readonly ScenarioLever[] | undefined,
  { model, days, opened }: Looked,
): Pick<Column, 'outcome' | 'smallest' | 'avoided'> | undefined {
  const { comparison, request } = run ?? {};
  if (!comparison || !request || !('scenarios' in request)) return undefined;
  if (request.days !== days || comparison.startDate !== model?.startDate) return undefined;
  // An earlier run that was opened is shown as it was found, by whatever version of the model.
  if (comparison.modelId !== model.modelId && run?.id !== opened) return undefined;
  const { outcomes, avoided } = comparison;
  if (!levers) return { outcome: outcomes.find(({ kind }) => kind === 'nothing') };
  const signature = signatureOf(clipped(levers, comparison.startDate, request.days));
  const asked = request.scenarios.findIndex((scenario) => signatureOf(scenario.levers) === signature);
  const outcome = outcomes.filter(({ kind }) => kind === 'given')[asked];
  if (!outcome) return undefined;
  return {
    outcome,
    smallest: outcomes.find(({ kind, of }) => kind === 'smallest-area' && of === outcome.name),
    avoided: avoided.find(({ name }) => name === outcome.name),
  };
}
