import type { DrillState } from '@vungxanh/services/contracts/http/drill.ts';
import type {
  AreaProperties as AreaAnswer,
  District as DistrictAnswer,
} from '@vungxanh/services/contracts/http/geography.ts';
import type { Figure } from '@vungxanh/services/contracts/http.ts';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';

export type { AreaLevel } from '@vungxanh/services/contracts/http/geography.ts';

/** Answers of the services, as their contracts say them, as far as the screens cannot do without: what more a service says may be missing. */
export type District = Pick<DistrictAnswer, 'district' | 'name' | 'timeZone' | 'clock' | 'exercise' | 'lon' | 'lat'> &
  Partial<DistrictAnswer>;
export type AreaProperties = Pick<AreaAnswer, 'areaId' | 'parentId' | 'level' | 'name' | 'population'> &
  Partial<AreaAnswer>;
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
