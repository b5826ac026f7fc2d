import type { FollowedProjection } from '#platform/projections.ts';
import type { ServiceParts } from '#platform/service.ts';
import type { Level } from '../district/places.ts';
import type { NeighbourMemory } from './history/level-history.ts';
import type { ModelMetrics } from './models/model-metrics.ts';
import type { ContextMemory } from './risk/context.ts';
import type { Thread } from './thread.ts';

/** What the work of this programme needs of it. */
export interface WorkParts extends Pick<ServiceParts, 'database' | 'broker' | 'appender' | 'now' | 'newId'> {
  projection: FollowedProjection;
  memory: NeighbourMemory;
  contexts: ContextMemory;
  /** scores; never waits for a forecast */
  quick: Thread;
  /** forecasts and scans */
  slow: Thread;
}

/** Work whose runs are counted. */
export interface ModelParts extends WorkParts {
  modelMetrics: ModelMetrics;
}

/** Level whose risk and forecasts are said as events. */
export const publishedLevel: Level = 'ward';
