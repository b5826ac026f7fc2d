import type { DrillState } from '@vungxanh/services/contracts/http/drill.ts';
import type { Figure } from '@vungxanh/services/contracts/http.ts';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';

/** Shapes of what the services answer, as far as the screens read them. */
export interface District {
  district: string;
  name: string;
  nameEnglish?: string | null;
  timeZone: string;
  clock: 'live' | 'recorded';
  exercise: boolean;
  lon: number;
  lat: number;
  zoom?: number | null;
  /** West, south, east, north of everything known of it, degrees. */
  bbox?: [number, number, number, number] | null;
}

export type AreaLevel = 'district' | 'ward' | 'neighbourhood';

export interface AreaProperties {
  areaId: string;
  parentId: string | null;
  level: AreaLevel;
  name: string;
  nameEnglish?: string | null;
  population: number | null;
  populationEstimated?: boolean | null;
  /** Inside the area, farthest from its border. */
  labelPoint?: [number, number] | null;
}
export type AreaCollection = FeatureCollection<Polygon | MultiPolygon, AreaProperties>;

export interface AreaFigures {
  /** null: the whole district with what lies in no area. */
  areaId: string | null;
  figures: Record<string, Figure> | Figure[];
}
export interface FiguresAnswer {
  asOf: string;
  areas: AreaFigures[];
}

/** How a number comes about, in both languages. */
export interface FormulaText {
  id: string;
  version: number;
  unit: string;
  explanation: { vi: string; en: string };
}

export interface SeriesDay {
  day: string;
  cases: number;
  incomplete?: boolean;
}

export interface SeriesAnswer {
  days: SeriesDay[];
  /** Counts that a source publishes by period. */
  published?: { areaId: string; periodStart: string; periodEnd: string; cases: number | null }[];
}

export interface FeedRow {
  feed: string;
  lastEventAt: string | null;
  lastRecordedAt: string | null;
}

export interface ListAnswer {
  total: number;
  items: Record<string, unknown>[];
  /** Address of, or cursor for, the next page. */
  next?: string | null;
}

/** The exercise, as far as a screen cannot do without. */
export type Drill = Pick<DrillState, 'running' | 'paused' | 'speed' | 'clock' | 'from' | 'to' | 'district'> &
  Partial<DrillState>;
