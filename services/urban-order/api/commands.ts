import type { EventType } from '#contracts/catalogue.ts';
import type { Attribution, NewEvent } from '#contracts/new-event.ts';
import { type CommandResult, runCommand, type Versioned } from '#platform/command.ts';
import type { Database } from '#platform/database.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { ServiceParts } from '#platform/service.ts';
import { type Stamp, stamp, stampedEvent } from '../../district/stamp.ts';
import { newestKnown } from '../reads/moment.ts';
import type { FindViolation } from '../violation/evolve.ts';
import { type ReadRow, readColumns, violationOf } from '../violation/row.ts';
import type { Violation } from '../violation/state.ts';

/** What the routes of commands are built from. */
export interface CommandParts extends ServiceParts {
  projection: FollowedProjection;
}

/** Clock, id and actor of a command on a violation. */
export const stampOf = (parts: CommandParts, district: string, caller: Attribution): Promise<Stamp> =>
  stamp(parts, district, caller, (of) => newestKnown(parts.database, of));

export interface ViolationCommand<Type extends EventType> {
  stamp: Stamp;
  violationId: string;
  ifMatch: string | undefined;
  /** Other violations that the decision looks at. */
  others?: string[];
  decide: (current: Versioned<Violation> | undefined, find: FindViolation) => NewEvent<Type>;
}

/** How long a command waits for its rows before it answers. */
const projectionWaitMs = 2000;

export async function runViolationCommand<Type extends EventType>(
  parts: CommandParts,
  command: ViolationCommand<Type>,
): Promise<CommandResult> {
  const { stamp: stamped, violationId } = command;
  const { district } = stamped;
  let known = new Map<string, Versioned<Violation>>();
  return runCommand<Violation>({
    ifMatch: command.ifMatch,
    appender: parts.appender,
    read: async () => {
      known = await readVersions(parts.database, district, [violationId, ...(command.others ?? [])]);
      return known.get(violationId);
    },
    decide: (current) =>
      stampedEvent(
        stamped,
        command.decide(current, (id) => known.get(id)?.state),
      ).message,
    projected: (sequence) => parts.projection.reached(district, sequence, projectionWaitMs),
  });
}

/** Current versions of violations and of those that merges lead to, with the last message on their subjects. */
async function readVersions(database: Database, district: string, violationIds: string[]) {
  const { rows } = await database.query<ReadRow & { head: number }>(
    `WITH RECURSIVE wanted AS (
       SELECT unnest($2::text[]) AS violation_id
       UNION
       SELECT v.merged_into FROM wanted JOIN urban_order.violation_versions v
         ON v.district = $1 AND v.violation_id = wanted.violation_id AND v.known_until = 'infinity' WHERE v.merged_into IS NOT NULL
     )
     SELECT ${readColumns}, h.sequence AS head FROM wanted JOIN urban_order.violation_versions v USING (violation_id)
     JOIN urban_order.violation_heads h ON h.district = v.district AND h.violation_id = v.violation_id
     WHERE v.district = $1 AND v.known_until = 'infinity'`,
    [district, violationIds],
  );
  return new Map(
    rows.map((row): [string, Versioned<Violation>] => [
      row.violation_id,
      { state: violationOf(row), sequence: row.sequence, subjectSequence: row.head },
    ]),
  );
}
