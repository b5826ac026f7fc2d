import { epidemicAccess } from '#contracts/access/epidemic.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import type { FigureAnnouncer } from '#platform/announcer.ts';
import type { Projection } from '#platform/projection.ts';
import type { ServiceDefinition } from '#platform/service.ts';
import { FreshStatistics } from '#platform/statistics.ts';
import type { AreaFigure } from '../district/announce.ts';
import { followLateAreas } from '../district/late-areas.ts';
import { announceCommits, createAnnouncer } from './announce.ts';
import { addCommandRoutes } from './commands-api.ts';
import { epidemicProjection, tables } from './projection.ts';
import { addReadRoutes } from './reads-api.ts';

const located = [
  { table: 'epidemic.case_versions', key: 'case_id', daySql: 'event_date' },
  { table: 'epidemic.capacity_versions', key: 'facility_id', daySql: 'reported_at::date' },
];

/** The service as data: what it owns, what it follows, which routes it answers. main.ts and the tests start the same. */
export function epidemic(): ServiceDefinition {
  let announcer: FigureAnnouncer<AreaFigure>;
  let statistics: FreshStatistics;
  return {
    name: 'epidemic',
    schema: 'epidemic',
    migrations: new URL('./migrations/', import.meta.url),
    access: epidemicAccess,
    projections: (parts) => {
      announcer = createAnnouncer(parts);
      statistics = new FreshStatistics({ ...parts, tables: tables.map((table) => `epidemic.${table}`) });
      const announce = announceCommits(announcer);
      const committed: Projection<CloudEvent>['committed'] = (district, entries, throughSequence) => {
        statistics.written(entries.length);
        announce?.(district, entries, throughSequence);
      };
      return [epidemicProjection(committed) as Projection<never>];
    },
    build: (app, parts, [projection]) => {
      addReadRoutes(app, parts);
      addCommandRoutes(app, parts, projection!);
      const late = followLateAreas(parts, located, 'epidemic', (district) =>
        announcer.touched(district, [], projection!.committedSequence(district)),
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
