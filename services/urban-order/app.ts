import { urbanOrderAccess } from '#contracts/access/urban-order.ts';
import type { FigureAnnouncer } from '#platform/announcer.ts';
import type { Projection } from '#platform/projection.ts';
import type { ServiceDefinition, ServiceParts } from '#platform/service.ts';
import { FreshStatistics } from '#platform/statistics.ts';
import { followLateAreas } from '../district/late-areas.ts';
import { violationAnnouncer } from './announce.ts';
import { addReadRoutes } from './api/reads.ts';
import { addReportRoute } from './api/report.ts';
import { addStepRoutes } from './api/steps.ts';
import { projectionName, violationProjection } from './violation/projection.ts';

const located = [
  {
    table: 'urban_order.violation_versions',
    key: 'violation_id',
    daySql: `(occurred_at AT TIME ZONE COALESCE((SELECT time_zone FROM geography.published_districts WHERE district = $1), 'UTC'))::date`,
  },
];

/** The service as data: what it owns, what it follows, which routes it answers. main.ts and the tests start the same. */
export function urbanOrder(): ServiceDefinition {
  let announcer: FigureAnnouncer<unknown>;
  let statistics: FreshStatistics;
  return {
    name: 'urban-order',
    schema: 'urban_order',
    migrations: new URL('./migrations/', import.meta.url),
    access: urbanOrderAccess,
    projections: (parts: ServiceParts) => {
      const announces = violationAnnouncer(parts);
      statistics = new FreshStatistics({
        ...parts,
        tables: ['urban_order.violation_versions', 'urban_order.violation_events', 'urban_order.violation_heads'],
      });
      announcer = announces as FigureAnnouncer<unknown>;
      const projection = violationProjection((district, areaIds, through, entries) => {
        statistics.written(entries);
        announces.touched(district, areaIds, through);
      });
      return [projection as unknown as Projection<never>];
    },
    build: (app, parts, [projection]) => {
      const commandParts = { ...parts, projection: projection! };
      addReadRoutes(app, parts);
      addReportRoute(app, commandParts);
      addStepRoutes(app, commandParts);
      const late = followLateAreas(parts, located, projectionName, (district, areaIds) =>
        announcer.touched(district, areaIds, projection!.committedSequence(district)),
      );
      return {
        name: 'announcements',
        stop: async () => {
          late.stop();
          await announcer.stop();
          await statistics.stop();
        },
      };
    },
  };
}
