import type { AreaForecastSaid, ForecastQuestion } from './forecast-of-history.ts';
import type { SeriesQuestion } from './forecast-of-series.ts';
import type { AreaRisk, RiskQuestion } from './risk-of-history.ts';
import type { CaseCluster, ScanQuestion } from './scan-of-cases.ts';

/** What a thread can be asked. */
export type Question =
  | { kind: 'risk'; input: RiskQuestion }
  | { kind: 'forecast'; input: SeriesQuestion }
  | { kind: 'panel-forecast'; input: ForecastQuestion }
  | { kind: 'scan'; input: ScanQuestion };

export interface Answers {
  risk: AreaRisk[];
  forecast: AreaForecastSaid[];
  'panel-forecast': AreaForecastSaid[];
  scan: CaseCluster[];
}
