import type { NothingRecord, ScenarioModel } from '#contracts/scenarios.ts';
import { bandPolicy } from '../case-history/policy.ts';
import type { Moment } from '../district/moment.ts';
import { codeVersion } from './assumptions.ts';
import type { FittedModel } from './fitted-models.ts';
import { shares } from './levers.ts';
import type { Abstention } from './observed.ts';
import type { ScenarioBasis } from './reads/scenario-basis.ts';
import { rounded } from './rounded.ts';

export const weeklyCuts = [...bandPolicy.cuts];

const common = (moment: Moment) => ({
  district: moment.district,
  asOf: moment.instant,
  codeVersion,
  cuts: weeklyCuts,
  leverAssumptions: {
    ...shares,
    doseIntervals: shares.doseIntervals.map(({ vaccine, from, until, intervalDays }) => ({
      vaccine,
      from,
      until,
      intervalDays,
    })),
  },
});

/** GET /api/scenarios/model: the model, so that a browser runs the very same. */
export function modelAnswer(basis: ScenarioBasis, model: FittedModel, record?: NothingRecord): ScenarioModel {
  const { moment, startDate, dataThroughDate, areas, question, reports } = basis;
  return {
    ...common(moment),
    startDate,
    dataThroughDate,
    modelId: model.modelId,
    dataHash: question.hash,
    areas,
    model: { ...model.district },
    particles: model.particles.map((particle) => ({ ...particle })),
    fit: {
      reproductionNumber: rounded(model.reproductionNumber),
      reportedShare: rounded(model.reportedShare),
      particles: model.particles.length,
      days: reports.reported.length,
      daysLeftOut: reports.daysLeftOut,
      source: reports.source,
      severity: question.severity
        ? {
            cases: question.severity.cases,
            deaths: question.severity.deaths,
            expectedDeaths: Number(question.severity.expectedDeaths.toFixed(1)),
            factor: Number(question.severity.factor.toFixed(2)),
          }
        : null,
    },
    ...(record ? { record } : {}),
    assumptions: question.assumptions,
    abstention: null,
  };
}

export const withheldAnswer = (moment: Moment, abstention: Abstention): ScenarioModel => ({
  ...common(moment),
  startDate: null,
  dataThroughDate: null,
  modelId: null,
  dataHash: null,
  areas: [],
  model: null,
  particles: [],
  fit: null,
  assumptions: [],
  abstention,
});
