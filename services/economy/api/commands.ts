import type { EventType } from '#contracts/catalogue.ts';
import type { Attribution, NewEvent } from '#contracts/new-event.ts';
import { type CommandResult, runCommand, type Versioned } from '#platform/command.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { ServiceParts } from '#platform/service.ts';
import { type Stamp, stamp, stampedEvent } from '../../district/stamp.ts';
import { readCurrent } from '../business/current.ts';
import type { Business } from '../business/state.ts';
import { newestKnown } from '../reads/moment.ts';

/** What the routes of commands are built from. */
export interface CommandParts extends ServiceParts {
  projection: FollowedProjection;
}

/** How long a command waits for its rows before it answers. */
export const projectionWaitMs = 2000;

/** Clock, id and actor of a command on a business or a series. */
export const stampOf = (parts: CommandParts, district: string, caller: Attribution): Promise<Stamp> =>
  stamp(parts, district, caller, (of) => newestKnown(parts.database, of));

export async function runBusinessCommand<Type extends EventType>(
  parts: CommandParts,
  command: {
    stamp: Stamp;
    businessId: string;
    ifMatch: string | undefined;
    decide: (current: Versioned<Business> | undefined) => NewEvent<Type>;
  },
): Promise<CommandResult> {
  const { stamp: stamped, businessId } = command;
  const { district } = stamped;
  return runCommand<Business>({
    ifMatch: command.ifMatch,
    appender: parts.appender,
    read: async () => {
      const current = (await readCurrent(parts.database, district, [businessId])).get(businessId);
      if (!current) return undefined;
      const { rows } = await parts.database.query<{ sequence: number }>(
        'SELECT sequence FROM economy.business_heads WHERE district = $1 AND business_id = $2',
        [district, businessId],
      );
      return {
        state: current.version.business,
        sequence: current.version.sequence,
        subjectSequence: rows[0]?.sequence,
      };
    },
    decide: (current) => stampedEvent(stamped, command.decide(current)).message,
    projected: (sequence) => parts.projection.reached(district, sequence, projectionWaitMs),
  });
}
