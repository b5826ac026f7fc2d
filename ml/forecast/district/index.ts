/** The door of the district forecasts: see README.md. No TensorFlow.js, no trees: seconds, not minutes, and a few megabytes. */
export { ForecastAbstainedError } from '../abstention.ts';
export { type NowcastTotals, nowcastTotals, seenReports } from './completion.ts';
export { type DistrictAnswer, type DistrictRequest, forecastDistrictSeries } from './district-forecast.ts';
export { type DistrictOptions, districtOptions, stockOptions, withNetwork } from './options.ts';
export { type ReportChanges, reportTriangle } from './reports.ts';
export type { Seen, SeenHistory } from './seen.ts';
