import type {
  District,
  FitSettings,
  FittedStart,
  Measure,
  Observed,
  Outcome,
  PlanStep,
  PlanTarget,
  RunSettings,
  Scenario,
} from '@vungxanh/ml/scenario';

/** What a thread can be given to do. Everything in it can be copied between threads. */
export type Job =
  | { kind: 'fit'; district: District; observed: Observed; settings: FitSettings }
  | { kind: 'comparison'; district: District; scenarios: Scenario[]; run: RunSettings; weeklyCuts: number[] }
  | { kind: 'plan'; district: District; measures: Measure[]; target: PlanTarget; run: RunSettings };

export interface JobAnswers {
  fit: FittedStart[];
  comparison: {
    /** in the order of the outcomes, with the wards in which anything is limited */
    outcomes: (Outcome & { limitedWards: string[] })[];
    avoided: { name: string; infections: number; deaths: number; shareOfPathsBetter: number }[];
  };
  plan: { found: boolean; plan: PlanStep; nothing: PlanStep; tried: number };
}
