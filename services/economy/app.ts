import { economyAccess } from '#contracts/access/economy.ts';
import type { FigureAnnouncer } from '#platform/announcer.ts';
import type { Projection } from '#platform/projection.ts';
import type { ServiceDefinition, ServiceParts } from '#platform/service.ts';
import { FreshStatistics } from '#platform/statistics.ts';
import { followLateAreas } from '../district/late-areas.ts';
import { businessAnnouncer } from './announce.ts';
import { addBusinessCommandRoutes } from './api/business-commands.ts';
import { addBusinessReadRoutes } from './api/business-reads.ts';
import { addIndicatorRoutes } from './api/indicators.ts';
import { economyProjection, projectionName } from './projection.ts';

/** A business lies where the borders of the day on which it became known put it. */
const located = [
  { table: 'economy.business_versions', key: 'business_id', daySql: `(known_at AT TIME ZONE 'UTC')::date` },
];

/** The service as data: what it owns, what it follows, which routes it answers. main.ts and the tests start the same. */
export function economy(): ServiceDefinition {
  let announcer: FigureAnnouncer<unknown>;
  let statistics: FreshStatistics;
  return {
    name: 'economy',
    schema: 'economy',
    migrations: new URL('./migrations/', import.meta.url),
    access: economyAccess,
    projections: (parts: ServiceParts) => {
      const announces = businessAnnouncer(parts);
      statistics = new FreshStatistics({
        ...parts,
        tables: [
          'economy.business_versions',
          'economy.status_spans',
          'economy.business_events',
          'economy.business_heads',
        ],
      });
      announcer = announces as FigureAnnouncer<unknown>;
      const projection = economyProjection((district, areaIds, through, entries) => {
        statistics.written(entries);
        announces.touched(district, areaIds, through);
      });
      return [projection as unknown as Projection<never>];
    },
    build: (app, parts, [projection]) => {
      const commandParts = { ...parts, projection: projection! };
      addBusinessReadRoutes(app, parts);
      addBusinessCommandRoutes(app, commandParts);
      addIndicatorRoutes(app, commandParts);
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
