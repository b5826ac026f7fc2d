import type { MultiPolygon, Polygon } from 'geojson';
import type { RiskScored } from '../feed/risk-said.ts';

/** What the ml service answers, as far as the screens read it. */
export interface Withheld {
  reason: string;
  /** Field, value and bound, as the service wrote them (English). */
  detail: string;
}

export interface RiskAnswer {
  asOf: string;
  onDay: string;
  level: 'district' | 'ward' | 'neighbourhood';
  policy: { id: string; cuts: number[]; source: string; verified: boolean };
  /** What the score of 0 to 100 means. */
  scoreMeaning: { vi: string; en: string };
  areas: RiskScored[];
}

/** One coming week or day: 23 quantiles of the target, beside the flat baseline's. */
export interface ForecastPeriod {
  /** Weeks ahead; daily answers count days. */
  weeks?: number;
  days?: number;
  targetDate: string;
  quantiles: number[];
  baseline: number[];
}

export interface TrackRecord {
  weeks?: number;
  days?: number;
  /** Bands whose truth is known by now, and how many of them held it. */
  of: number;
  held50: number;
  held95: number;
  wis: number | null;
  baselineWis: number | null;
  /** Below one is better than the baseline. */
  relativeWis: number | null;
  sentence: { vi: string; en: string } | null;
}

export interface ForecastAnswer {
  areaId: string;
  asOf: string;
  target: string;
  unit: string;
  cadence?: 'week' | 'day';
  /** Targets of which anything was heard for this area. */
  targets?: string[];
  cadences?: ('week' | 'day')[];
  levels: number[];
  issuedAt: string | null;
  dataThroughDate: string | null;
  cardId: string | null;
  method: string | null;
  /** Why the baseline is shown (English). */
  reason: string | null;
  horizons: ForecastPeriod[];
  trackRecord: TrackRecord[];
  abstention: Withheld | null;
}

type Interval = [low: number, high: number];
export interface NowcastDay {
  date: string;
  reported: number;
  /** For days whose reports are still coming in. */
  nowcast: { median: number; interval50: Interval; interval95: Interval } | null;
}
export interface ReproductionDay {
  /** Last day of the window of seven. */
  date: string;
  cases: number;
  mean: number | null;
  interval50: Interval | null;
  interval95: Interval | null;
  direction: 'growing' | 'shrinking' | 'unclear' | null;
  hidden: string | null;
}
export interface StatisticsAnswer {
  areaId: string;
  asOf: string;
  throughDate: string | null;
  series: NowcastDay[];
  reproduction: ReproductionDay[];
  /** doublingDays: negative when halving, null when unclear. */
  growth: { perDay: number; interval95: Interval; doublingDays: number | null; cases: number } | null;
  growthHidden: { reason: string; cases: number } | null;
  serialInterval: { meanDays: number; sdDays: number; source: string; verified: boolean };
  abstention: Withheld | null;
}

export interface Cluster {
  centre: [lon: number, lat: number];
  areaIds: string[];
  radiusKm: number;
  firstDate: string;
  lastDate: string;
  observed: number;
  expected: number;
  relativeRisk: number;
  p: number;
  alarm: boolean;
  /** When an alert about it was last raised; null: none in the quiet days. */
  raisedAt?: string | null;
  /** Border around all its areas. */
  outline?: Polygon | MultiPolygon | null;
}
/** A cluster as it was raised: an event, not today's scan. */
export interface RaisedCluster extends Omit<Cluster, 'alarm' | 'centre' | 'raisedAt'> {
  knownAt: string;
}
export interface ClustersAnswer {
  asOf: string;
  throughDate: string;
  alpha: number;
  replications: number;
  clusters: Cluster[];
  /** After a cluster was raised it is quiet for so many days, unless it grows. */
  quietDays?: number;
  /** Raised within the quiet days, newest first. */
  alerts?: RaisedCluster[];
  abstention: Withheld | null;
}
