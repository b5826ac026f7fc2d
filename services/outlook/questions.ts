import type { CaseCluster, ScanQuestion } from './clusters/scan-of-cases.ts';
import type { ForecastQuestion, IssuedForecast } from './forecast/forecast-of-history.ts';
import type { SeriesQuestion } from './forecast/forecast-of-series.ts';
import type { AreaRisk, RiskQuestion } from './risk/risk-of-history.ts';

/** What a thread can be asked. */
export type Question =
  | { kind: 'risk'; input: RiskQuestion }
  | { kind: 'forecast'; input: SeriesQuestion }
  | { kind: 'panel-forecast'; input: ForecastQuestion }
  | { kind: 'scan'; input: ScanQuestion };

export interface Answers {
  risk: AreaRisk[];
  forecast: IssuedForecast[];
  'panel-forecast': IssuedForecast[];
  scan: CaseCluster[];
}
