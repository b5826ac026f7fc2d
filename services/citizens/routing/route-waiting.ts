import { programmeActor } from '#contracts/actor.ts';
import type { KeptEntity } from '#lifecycle/entity/reads.ts';
import { readColumns, type VersionRow, versionOf } from '#lifecycle/read-rows.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { Running } from '#platform/run.ts';
import type { ServiceParts } from '#platform/service.ts';
import { stamp } from '../../district/stamp.ts';
import { routingOf } from './route-report.ts';

/** Reports that are routed at once. */
const most = 500;

/** Routes what other doors brought in. */
export interface WaitingRouter extends Running {
  /** To be called after a commit. */
  wake: (district: string) => void;
}

/**
 * Routes reports that were received and that nobody has routed: those of feeds, files and the counter. Only whoever leads the rows does it, and each is said on condition
 * that nothing else was said of it.
 */
export function routeWaiting(
  parts: ServiceParts,
  followed: Pick<FollowedProjection, 'leads' | 'onLead' | 'reached'>,
  { tables, newestKnown }: Pick<KeptEntity, 'tables' | 'newestKnown'>,
): WaitingRouter {
  const { database, appender, log } = parts;
  let stopped = false;
  const asked = new Set<string>();
  const busy = new Map<string, Promise<void>>();

  const routeAll = async (district: string): Promise<void> => {
    for (;;) {
      const { rows } = await database.query<VersionRow & { head: number }>(
        `SELECT ${readColumns(tables)}, h.sequence AS head FROM citizens.report_versions v
         JOIN citizens.report_heads h ON h.district = v.district AND h.report_id = v.report_id
         WHERE v.district = $1 AND v.known_until = 'infinity' AND v.reported AND v.status = 'received' ORDER BY v.first_sequence LIMIT $2`,
        [district, most],
      );
      if (rows.length === 0 || stopped || !followed.leads(district)) return;
      const attribution = { actor: programmeActor('citizens'), correlationId: `routing ${rows[0]!.report_id}` };
      const stamped = await stamp(parts, district, attribution, (of) => newestKnown(database, of));
      const messages = await Promise.all(
        rows.map((row) => routingOf(database, stamped, { ...versionOf(tables, row), subjectSequence: row.head })),
      );
      const results = await appender.appendAll(messages);
      const failed = results.find((result) => !result.ok && result.reason !== 'wrong-sequence');
      if (failed && !failed.ok) throw new Error(`${failed.reason}, ${failed.detail}`);
      const through = Math.max(0, ...results.map((result) => (result.ok ? result.sequence : 0)));
      // Nothing was taken: the rows are behind, and the next commit looks again.
      if (through === 0 || !(await followed.reached(district, through, 5000))) return;
    }
  };
  const wake = (district: string): void => {
    asked.add(district);
    if (busy.has(district)) return;
    const work = async () => {
      while (asked.delete(district) && !stopped && followed.leads(district)) await routeAll(district);
    };
    busy.set(
      district,
      work()
        .catch((error: Error) =>
          log.warn({ reason: error.message, district }, 'reports could not be routed: tried again'),
        )
        .finally(() => busy.delete(district)),
    );
  };
  followed.onLead(wake);
  return {
    name: 'routing of reports',
    wake,
    stop: async () => {
      stopped = true;
      await Promise.all(busy.values());
    },
  };
}
