/**
 * The door of scenarios: everything here runs in a browser as it does in Node (no file, process or thread). Worker threads are behind a door of their own,
 * `./threads.ts` (Node only).
 */
export { dateAfter, daysBetween } from '../numerics/days.ts';
export { type Comparison, compareScenarios, nothing, smallestArea } from './compare.ts';
export type {
  Capacity,
  Commuting,
  Control,
  Costs,
  Disease,
  District,
  FittedStart,
  Lever,
  Mixing,
  RunSettings,
  Scenario,
  ScenarioKind,
  StartState,
  Ward,
} from './district.ts';
export { exampleDistrict } from './example-district.ts';
export { exampleFigures, type FigureSource } from './example-figures.ts';
export { FitAbstention, type FitSettings, fewestDays, fitParticles, type Observed, type Particle } from './fit.ts';
export {
  type DatedLever,
  type DoseInterval,
  doseIntervalOn,
  type LeverShares,
  leverFromDates,
} from './levers-from-dates.ts';
export { continued, mixture } from './mixture.ts';
export { type Band, band, type Outcome, type Reached, summarise, type Total, type WardOutcome } from './outcomes.ts';
export { type Measure, type Plan, type PlanStep, type PlanTarget, planMeasures } from './planner.ts';
export {
  type DailySeries,
  dailySeries,
  joinPaths,
  openPaths,
  type Paths,
  type Simulate,
  simulateInChunks,
  simulatePaths,
} from './simulate.ts';
export { ScenarioInputError, validate } from './validate.ts';
export { type WardChances, wardChancesOf } from './ward-chances.ts';
