import { epidemicAccess } from '#contracts/access/epidemic.ts';
import { type Retention, retentionPolicy } from '#contracts/access/retention.ts';
import { type SmallCellPolicy, smallCellPolicy } from '#contracts/access/small-cells.ts';
import type { Attribution } from '#contracts/new-event.ts';
import { heardOf } from '#platform/heard.ts';
import { rewriteTables } from '#platform/rewrite-tables.ts';
import type { ServiceDefinition, ServiceParts } from '#platform/service.ts';
import { countWaiting } from '#platform/waiting.ts';
import { figureCommits } from '../district/announce.ts';
import { areaOfEntity } from '../district/area-of-entity.ts';
import { keepRetention } from '../district/keep-retention.ts';
import { stamp } from '../district/stamp.ts';
import { currentFigures } from './announce.ts';
import { addReadRoutes } from './api/reads.ts';
import { addCommandRoutes } from './commands-api.ts';
import { momentOf, newestKnown } from './moment.ts';
import { epidemicProjection, tables } from './projection.ts';
import { releases } from './released/read-week.ts';
import { retentionDuties } from './removal/retention.ts';
import { addRemovalRoute } from './removal/routes.ts';

/** Each keeps by which event its rows came. */
const tablesOfEvents = [
  'case_versions',
  'case_waiting',
  'count_versions',
  'doses',
  'vaccination_versions',
  'capacity_versions',
  'repeated_totals',
].map((table) => ({ table: `epidemic.${table}`, key: 'event_id' }));

/** Where rows of persons were, their places, ages and texts. */
const tablesOfPersons = ['epidemic.case_versions', 'epidemic.case_waiting', 'epidemic.doses'];

const located = [
  { table: 'epidemic.case_versions', key: 'case_id', daySql: 'event_date' },
  { table: 'epidemic.capacity_versions', key: 'facility_id', daySql: 'reported_at::date' },
];

/** The stamp of what a person, or the service itself, decides. */
const stampBy = (parts: ServiceParts) => (district: string, caller: Attribution) =>
  stamp(parts, district, caller, (of) => newestKnown(parts.database, of));

/** The service as data: what it owns, what it follows, which routes it answers. main.ts and the tests start the same. */
export function epidemic(
  policy: SmallCellPolicy = smallCellPolicy,
  retention: readonly Retention[] = retentionPolicy,
): ServiceDefinition {
  return {
    name: 'epidemic',
    schema: 'epidemic',
    migrations: new URL('./migrations/', import.meta.url),
    access: epidemicAccess,
    compose: (parts) => {
      const commits = figureCommits(parts, {
        service: 'epidemic',
        tables: tables.map((table) => `epidemic.${table}`),
        located,
        figuresOf: currentFigures(parts),
        momentNow: (district) => momentOf(parts.database, district, undefined, parts.now()),
      });
      const rewriting = rewriteTables(parts.database.options.connectionString!, tablesOfPersons, parts.log);
      return {
        projections: [epidemicProjection(commits.committed, rewriting.needed)],
        areaOf: areaOfEntity(parts.database, located[0]!),
        waiting: () => countWaiting(parts.database, 'case_id', 'epidemic.case_waiting WHERE applied_by IS NULL'),
        heard: (district, source) => heardOf(parts.database, tablesOfEvents, district, source),
        build: (app, [projection]) => {
          addReadRoutes(app, { ...parts, releases: releases(parts, policy) });
          addCommandRoutes(app, parts, projection!);
          const projected = (district: string, sequence: number) => projection!.reached(district, sequence, 5000);
          const removal = { ...parts, projected };
          addRemovalRoute(app, removal, stampBy(parts));
          const { acts = () => true } = parts;
          const keeping = keepRetention({
            ...parts,
            service: 'epidemic',
            duties: retentionDuties({ ...removal, stampOf: stampBy(parts) }),
            policy: retention,
            leads: (district) => acts(district) && projection!.leads(district),
          });
          const announcing = commits.announce(projection!);
          return {
            name: announcing.name,
            stop: async () => {
              await keeping.stop();
              await announcing.stop();
              await rewriting.stop();
            },
          };
        },
      };
    },
  };
}

export default epidemic;
