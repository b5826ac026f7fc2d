import type { FollowedProjection } from '#platform/projections.ts';
import type { ServiceParts } from '#platform/service.ts';

export interface LevelParts extends ServiceParts {
  projection: FollowedProjection;
}
