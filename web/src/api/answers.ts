import type { DrillState } from '@vungxanh/services/contracts/http/drill.ts';
import type { AreaFigures as EntityFigures } from '@vungxanh/services/contracts/http/entities.ts';
import type {
  EpidemicFigures,
  PublishedCount,
  RowList,
  SeriesDay as SeriesDayAnswer,
} from '@vungxanh/services/contracts/http/epidemic.ts';
import type { FeedRow as FeedAnswer } from '@vungxanh/services/contracts/http/feeds.ts';
import type {
  AreaProperties as AreaAnswer,
  District as DistrictAnswer,
} from '@vungxanh/services/contracts/http/geography.ts';
import type { ViolationPage } from '@vungxanh/services/contracts/http/urban-order.ts';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';

/*
 * Answers of the services, as their contracts say them. Types only: no schema reaches the browser. A screen asks for what it cannot do without;
 * what more a service says may be missing.
 */
export type { FormulaText } from '@vungxanh/services/contracts/http/epidemic.ts';
export type { AreaLevel } from '@vungxanh/services/contracts/http/geography.ts';

type AtLeast<Answer, Needed extends keyof Answer> = Pick<Answer, Needed> & Partial<Answer>;

export type District = AtLeast<DistrictAnswer, 'district' | 'name' | 'timeZone' | 'clock' | 'exercise' | 'lon' | 'lat'>;
export type AreaProperties = AtLeast<AreaAnswer, 'areaId' | 'parentId' | 'level' | 'name' | 'population'>;
export type AreaCollection = FeatureCollection<Polygon | MultiPolygon, AreaProperties>;

/** Of one service: epidemic's by name, the others' as a list. `areaId` null: the whole district with what lies in no area. */
export interface AreaFigures {
  areaId: EntityFigures['areaId'];
  figures: EpidemicFigures['areas'][number]['figures'] | EntityFigures['figures'];
}
export interface FiguresAnswer {
  asOf: EpidemicFigures['asOf'];
  areas: AreaFigures[];
}

export type SeriesDay = AtLeast<SeriesDayAnswer, 'day' | 'cases'>;
export interface SeriesAnswer {
  days: SeriesDay[];
  /** Counts that a source publishes by period. */
  published?: PublishedCount[];
}

/** Times are null in a feed of which nothing was ever heard. */
export type FeedRow = { [Field in keyof FeedAnswer]: Field extends 'feed' ? string : FeedAnswer[Field] | null };

/** Rows behind a figure. Where they go on is `next` in lists of epidemic, `nextCursor` in lists of entities. */
export type ListAnswer = Pick<RowList, 'total' | 'items' | 'next'> & Partial<Pick<ViolationPage, 'nextCursor'>>;

/** The exercise. */
export type Drill = AtLeast<DrillState, 'running' | 'paused' | 'speed' | 'clock' | 'from' | 'to' | 'district'>;

/** The product itself: GET /api/status. */
export interface ServiceState {
  service: string;
  status: string;
  parked?: number;
  waiting?: Record<string, number>;
  /** Rows that are behind their journal, since when. */
  late?: { projection: string; district: string; events: number; since: string }[];
  /** Rows that wait before an event of a newer version. */
  standsBack?: { projection: string; district: string; since: string }[];
  /** When the last backup was finished; null: never. */
  backupAt?: string | null;
}

type Both = { vi: string; en: string };
export interface ToldRetention {
  class: string;
  words: Both;
  /** Whole days; null: the controller has not decided. */
  periodDays: number | null;
  counted: Both;
  /** The service that removes by itself; null: none does. */
  removedBy: string | null;
  source: Both | null;
  verified: boolean;
}

export interface SystemStatus {
  services: ServiceState[];
  /** Events that no row has. */
  parked?: number;
  /** Facts of persons that cannot be read for want of their keys; left out: none. */
  persons?: { unreadable: number; usable: boolean; lost: boolean };
  /** Of the journal; left out: its disk is looked after by somebody else. */
  disk?: { freeBytes: number; usedShare: number; full: boolean };
  /** How long who a person is may be kept, class by class. */
  retention?: ToldRetention[];
  /** What is damaged in journals or their chains, in sentences; left out: nothing is known to be. */
  journal?: { damageWords?: { vi: string; en: string }[] };
}
