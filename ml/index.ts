/** The one public door of the numbers. What is heavy (TensorFlow.js, boosted trees) is loaded when it is asked for. */
export { alertDefaults, alertsToRaise, type ClusterAlert } from './clusters/cluster-alerts.ts';
export { type CountAlarm, type CountRule, countAlarms, countRuleDefaults } from './clusters/count-rule.ts';
export { type ScanZones, zonesAround } from './clusters/cylinders.ts';
export { type Cluster, type ScanInput, scanForClusters } from './clusters/space-time-scan.ts';
export * from './forecast/district/index.ts';
export type { AreaForecast, ForecastAnswer, ForecastRequest } from './forecast/forecast.ts';
export type { NetworkMember } from './forecast/network/member.ts';
export { dailyDelays, type NowcastValue, nowcastLastPeriods, type Vintage, weeklyDelays } from './forecast/nowcast.ts';
export { hubLevels, scoreCell } from './metrics/interval-score.ts';
export { type KnownTable, knownTable } from './nowcast/known-table.ts';
export {
  dailyNowcast,
  type NowcastMoment,
  type NowcastPeriod,
  walkNowcast,
  weeklyNowcast,
} from './nowcast/nowcast.ts';
export { dayNumber, isoDate, weekEnd, weekNumber } from './numerics/days.ts';
export { emptyPanel, type Panel } from './numerics/panels.ts';
export { upperMedian } from './numerics/quantiles.ts';
export { createRandom } from './numerics/random.ts';
export { type ContextName, type ContextSeries, contextNames, contextRow, spreadOf } from './risk/area-context.ts';
export type { Revision, RiskData } from './risk/backtest-data.ts';
export { bandOf } from './risk/bands.ts';
export { contextNote, contextSentence } from './risk/context-words.ts';
export { driverNumbers, driverSentence } from './risk/driver-words.ts';
export { type Driver, driverEffects, type LearnedDriver, largestDrivers } from './risk/drivers.ts';
export { defaultOptions } from './risk/options.ts';
export { rankedProbabilityScore } from './risk/rank-score.ts';
export { levelChange, riskScores, scoredHorizons } from './risk/risk-score.ts';
export { horizonWeeks, type RiskForecast, WalkForward } from './risk/walk-forward.ts';
export { type GrowthOrHidden, growthDefaults, growthOf, growthOfDraws } from './rt/growth.ts';
export {
  type Reproduction,
  reproductionDefaults,
  reproductionNumbers,
  reproductionOfDraws,
} from './rt/reproduction-number.ts';
export { serialInterval } from './rt/serial-interval.ts';

/** The pre-trained network: weights, and TensorFlow.js on which it runs. Loaded once in a process. */
export const loadNetwork = async () => (await import('./forecast/network/trained-network.ts')).loadNetwork();

/** The forecasts: loads their members, and TensorFlow.js only when a request is large enough for the net. */
export const loadForecasts = () => import('./forecast/forecast.ts');
