import { entityService } from '#lifecycle/entity/service.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { ServiceDefinition, ServiceParts } from '#platform/service.ts';
import { citizens } from './declaration.ts';
import { followDistrictClocks } from './district-clock.ts';
import type { CitizenParts } from './parts.ts';
import { openPhotoStore } from './photos/store.ts';
import { addPublicRoutes } from './public/routes.ts';
import { countRates } from './rate-limit.ts';
import { contactProjection } from './report/contacts.ts';
import { furtherClocks, keptReports } from './report/kept.ts';
import { report } from './report/report.ts';
import { routeWaiting, type WaitingRouter } from './routing/route-waiting.ts';
import { addStaffRoutes } from './staff-routes.ts';

/** Pictures of telephones are at most so large. */
const largestPictureBytes = 10 * 1024 * 1024;

/** The service: the entity's own parts, the routes of people without an account, and the routing of what other doors bring. */
export default (): ServiceDefinition => {
  const plain = entityService(
    citizens,
    report,
    import.meta.url,
    (app, kept, parts) => {
      const own: CitizenParts = { ...parts, kept, photos: openPhotoStore(parts.broker), rates: countRates() };
      addPublicRoutes(app, own);
      addStaffRoutes(app, own);
    },
    furtherClocks,
  );
  return {
    ...plain,
    bodyLimitBytes: largestPictureBytes,
    compose: (parts) => {
      const composed = plain.compose(parts);
      const reports = composed.projections[0]!;
      let router: WaitingRouter | undefined;
      const routed = {
        ...reports,
        forget: async (...[transaction, district]: Parameters<typeof reports.forget>) => {
          await reports.forget(transaction, district);
          await transaction.query('DELETE FROM citizens.district_clocks WHERE district = $1', [district]);
        },
        committed: (...[district, ...rest]: Parameters<NonNullable<typeof reports.committed>>) => {
          router?.wake(district);
          reports.committed?.(district, ...rest);
        },
      };
      return {
        ...composed,
        projections: [routed, contactProjection],
        build: async (app, followed) => {
          const built = await composed.build(app, followed);
          router = routeWaiting(parts, withinActs(parts, followed[0]!), keptReports);
          const clocks = followDistrictClocks(parts);
          return {
            name: 'citizens',
            stop: async () => {
              await clocks.stop();
              await router?.stop();
              await built?.stop();
            },
          };
        },
      };
    },
  };
};

/** The rows of districts in which this process may say something of itself. */
const withinActs = (
  { acts = () => true }: Pick<ServiceParts, 'acts'>,
  { leads, onLead, reached }: FollowedProjection,
): Pick<FollowedProjection, 'leads' | 'onLead' | 'reached'> => ({
  reached,
  leads: (district) => acts(district) && leads(district),
  onLead: (listener) => onLead((district) => acts(district) && listener(district)),
});
