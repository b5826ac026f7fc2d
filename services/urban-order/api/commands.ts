import type { EventType } from '#contracts/catalogue.ts';
import type { Attribution, NewEvent } from '#contracts/new-event.ts';
import type { CommandResult, Versioned } from '#platform/command.ts';
import { type Stamp, stamp, stampedEvent } from '../../district/stamp.ts';
import { readCurrent, readVersioned } from '../../lifecycle/read-rows.ts';
import { type CommandParts, runEntityCommand } from '../../lifecycle/run-command.ts';
import { newestKnown } from '../reads/moment.ts';
import type { FindViolation } from '../violation/evolve.ts';
import { mergeTargets } from '../violation/projection.ts';
import type { Violation } from '../violation/state.ts';
import { violationTables } from '../violation/tables.ts';

/** Clock, id and actor of a command on a violation. */
export const stampOf = (parts: CommandParts, district: string, caller: Attribution): Promise<Stamp> =>
  stamp(parts, district, caller, (of) => newestKnown(parts.database, of));

/** Decides on a violation, with those that it would be merged into in sight. */
export function runViolationCommand<Type extends EventType>(
  parts: CommandParts,
  command: {
    stamp: Stamp;
    violationId: string;
    ifMatch: string | undefined;
    mergeInto?: string | undefined;
    decide: (current: Versioned<Violation> | undefined, find: FindViolation) => NewEvent<Type>;
  },
): Promise<CommandResult> {
  const { database } = parts;
  const { violationId, mergeInto, ifMatch } = command;
  const { district } = command.stamp;
  const known = new Map<string, Violation>();
  return runEntityCommand<Violation>(parts, district, {
    ifMatch,
    read: () =>
      readVersioned(database, violationTables, district, violationId, async () => {
        const targets = await mergeTargets(database, district, mergeInto ? [mergeInto] : []);
        const current = await readCurrent(database, violationTables, district, [violationId, ...targets]);
        for (const [id, { state }] of current) known.set(id, state);
        return current.get(violationId);
      }),
    decide: (current) =>
      stampedEvent(
        command.stamp,
        command.decide(current, (id) => known.get(id)),
      ).message,
  });
}
