import { urbanOrderAccess } from '#contracts/access/urban-order.ts';
import type { ServiceDefinition } from '#platform/service.ts';
import { figureCommits } from '../district/announce.ts';
import { currentFigures } from './announce.ts';
import { addReadRoutes } from './api/reads.ts';
import { addReportRoute } from './api/report.ts';
import { addStepRoutes } from './api/steps.ts';
import { violationProjection } from './violation/projection.ts';

const located = [
  {
    table: 'urban_order.violation_versions',
    key: 'violation_id',
    daySql: `(occurred_at AT TIME ZONE COALESCE((SELECT time_zone FROM geography.published_districts WHERE district = $1), 'UTC'))::date`,
  },
];

/** The service as data: what it owns, what it follows, which routes it answers. main.ts and the tests start the same. */
export function urbanOrder(): ServiceDefinition {
  return {
    name: 'urban-order',
    schema: 'urban_order',
    migrations: new URL('./migrations/', import.meta.url),
    access: urbanOrderAccess,
    compose: (parts) => {
      const commits = figureCommits(parts, {
        service: 'urban-order',
        tables: ['urban_order.violation_versions', 'urban_order.violation_events', 'urban_order.violation_heads'],
        located,
        figuresOf: currentFigures(parts),
      });
      return {
        projections: [violationProjection(commits.committed)],
        build: (app, [projection]) => {
          const commandParts = { ...parts, projection: projection! };
          addReadRoutes(app, parts);
          addReportRoute(app, commandParts);
          addStepRoutes(app, commandParts);
          return commits.announce(projection!);
        },
      };
    },
  };
}

export default urbanOrder;
