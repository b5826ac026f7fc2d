import type { EventType } from '#contracts/catalogue.ts';
import type { Attribution, NewEvent } from '#contracts/new-event.ts';
import type { CommandResult, Versioned } from '#platform/command.ts';
import { type Stamp, stamp, stampedEvent } from '../../district/stamp.ts';
import { readEvents, readVersioned } from '../../lifecycle/read-rows.ts';
import { type CommandParts, runEntityCommand } from '../../lifecycle/run-command.ts';
import { readCurrent } from '../business/current.ts';
import type { BusinessEvent } from '../business/evolve.ts';
import type { Business } from '../business/state.ts';
import { businessTables, type Registered } from '../business/tables.ts';
import { newestKnown } from '../reads/moment.ts';

/** Clock, id and actor of a command on a business or a series. */
export const stampOf = (parts: CommandParts, district: string, caller: Attribution): Promise<Stamp> =>
  stamp(parts, district, caller, (of) => newestKnown(parts.database, of));

export function runBusinessCommand<Type extends EventType>(
  parts: CommandParts,
  command: {
    stamp: Stamp;
    businessId: string;
    ifMatch: string | undefined;
    decide: (current: Versioned<Business> | undefined) => NewEvent<Type>;
  },
): Promise<CommandResult> {
  const { database } = parts;
  const { businessId, ifMatch } = command;
  const { district } = command.stamp;
  return runEntityCommand<Business>(parts, district, {
    ifMatch,
    read: () =>
      readVersioned(database, businessTables, district, businessId, async () => {
        const ids = [businessId];
        const { told } = await readEvents<Registered, BusinessEvent>(database, businessTables, district, {
          ids,
          eventKeys: [],
        });
        const current = await readCurrent(database, district, ids, told);
        return current.get(businessId)?.version;
      }),
    decide: (current) => stampedEvent(command.stamp, command.decide(current)).message,
  });
}
