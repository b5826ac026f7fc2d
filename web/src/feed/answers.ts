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
}

export type AreaLevel = 'district' | 'ward' | 'neighbourhood';

export interface AreaProperties {
  areaId: string;
  parentId: string | null;
  level: AreaLevel;
  name: string;
  population: number | null;
}
export type AreaCollection = FeatureCollection<Polygon | MultiPolygon, AreaProperties>;

export interface AreaFigures {
  areaId: string;
  name: string;
  level: AreaLevel;
  figures: Record<string, Figure>;
}
export interface FiguresAnswer {
  asOf: string;
  onDay: string;
  areas: AreaFigures[];
}

export interface SeriesDay {
  day: string;
  cases: number;
  incomplete?: boolean;
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

export interface Drill {
  running: boolean;
  paused: boolean;
  /** Seconds of the exercise in one second. */
  speed: number;
  clock: string;
  from: string;
  to: string;
  district: string;
}

export const services = ['epidemic', 'urban-order', 'economy'] as const;
export type Service = (typeof services)[number];
export const pointLayers = ['cases', 'violations', 'businesses'] as const;
export type PointLayer = (typeof pointLayers)[number];
export const serviceOf: Record<PointLayer, Service> = { cases: 'epidemic', violations: 'urban-order', businesses: 'economy' };
