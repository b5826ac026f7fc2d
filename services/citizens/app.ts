import { type Retention, retentionPolicy } from '#contracts/access/retention.ts';
import { entityService } from '#lifecycle/entity/service.ts';
import type { EntityState } from '#lifecycle/entity/state.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import { rewriteTables } from '#platform/rewrite-tables.ts';
import type { ServiceDefinition, ServiceParts } from '#platform/service.ts';
import { composeDueTimes } from '../clocks/compose-due-times.ts';
import { currentStates } from '../clocks/with-due-times.ts';
import { keepRetention } from '../district/keep-retention.ts';
import { stamp } from '../district/stamp.ts';
import { citizens } from './declaration.ts';
import { addOpen311Routes } from './open311/routes.ts';
import type { CitizenParts } from './parts.ts';
import { openPhotoStore } from './photos/store.ts';
import { addPublicRoutes } from './public/routes.ts';
import { countRates } from './rate-limit.ts';
import { contactProjection, withoutWordsOfRemoved } from './report/contacts.ts';
import { duesOfReport } from './report/due.ts';
import { furtherClocks, keptReports } from './report/kept.ts';
import { reporterRetention } from './report/remove-reporter.ts';
import { report, reportReminded } from './report/report.ts';
import { routeWaiting, type WaitingRouter } from './routing/route-waiting.ts';
import { addStaffRoutes } from './staff-routes.ts';
import { addUnitRoutes } from './units/routes.ts';

/** Pictures of telephones are at most so large. */
const largestPictureBytes = 10 * 1024 * 1024;

/** The service: the entity's own parts, the routes of people without an account, and the routing of what other doors bring. */
export const citizensService = (retention: readonly Retention[] = retentionPolicy): ServiceDefinition => {
  const plain = entityService(
    citizens,
    report,
    import.meta.url,
    (app, kept, parts) => {
      const own: CitizenParts = { ...parts, kept, photos: openPhotoStore(parts.broker), rates: countRates() };
      addPublicRoutes(app, own);
      addStaffRoutes(app, own);
      addUnitRoutes(app, own);
      addOpen311Routes(app, own);
    },
    furtherClocks,
  );
  return {
    ...plain,
    bodyLimitBytes: largestPictureBytes,
    compose: (parts) => {
      const composed = plain.compose(parts);
      const projection = composed.projections[0]!;
      let router: WaitingRouter | undefined;
      const routed = {
        ...withoutWordsOfRemoved(projection),
        committed: (...[district, ...rest]: Parameters<NonNullable<typeof projection.committed>>) => {
          router?.wake(district);
          projection.committed?.(district, ...rest);
        },
      };
      const rewriting = rewriteTables(
        parts.database.options.connectionString!,
        ['citizens.report_contacts', 'citizens.report_versions', 'citizens.report_events'],
        parts.log,
      );
      const { tables, momentOf } = keptReports;
      const withDues = composeDueTimes<EntityState>(
        parts,
        { ...composed, projections: [routed, contactProjection(rewriting.needed)] },
        {
          service: citizens.name,
          table: 'citizens.due_times',
          heads: tables.heads,
          key: tables.key,
          events: [reportReminded],
          momentNow: (district) => momentOf(parts.database, district, undefined, parts.now()),
          duesOf: duesOfReport,
          readStates: currentStates(tables),
        },
      );
      return {
        ...withDues,
        build: async (app, [reports, ...others]) => {
          const own = withinActs(parts, reports!);
          const built = await withDues.build(app, [own, ...others]);
          router = routeWaiting(parts, own, keptReports);
          const keeping = keepRetention({
            ...parts,
            service: citizens.name,
            duties: [
              reporterRetention({
                ...parts,
                photos: openPhotoStore(parts.broker),
                stampOf: (district, by) =>
                  stamp(parts, district, by, (of) => keptReports.newestKnown(parts.database, of)),
              }),
            ],
            policy: retention,
            leads: own.leads,
          });
          return {
            name: 'citizens',
            stop: async () => {
              await keeping.stop();
              await router?.stop();
              await built?.stop();
              await rewriting.stop();
            },
          };
        },
      };
    },
  };
};

export default () => citizensService();

/** The followed rows, of which this process leads those of districts in which it may say something of itself. */
const withinActs = (
  { acts = () => true }: Pick<ServiceParts, 'acts'>,
  followed: FollowedProjection,
): FollowedProjection => ({
  ...followed,
  leads: (district) => acts(district) && followed.leads(district),
  onLead: (listener) => followed.onLead((district) => acts(district) && listener(district)),
});
