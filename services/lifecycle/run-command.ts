import type { EventType } from '#contracts/catalogue.ts';
import type { NewEvent } from '#contracts/new-event.ts';
import { type Command, type CommandResult, runCommand, type Versioned } from '#platform/command.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { ServiceParts } from '#platform/service.ts';
import { type Stamp, stampedEvent } from '../district/stamp.ts';

/** What the routes of commands are built from. */
export interface CommandParts extends ServiceParts {
  projection: FollowedProjection;
}

/** How long a command waits for its rows before it answers. */
export const projectionWaitMs = 2000;

/** A command on one entity: read it, decide, journal what was decided under its stamp, wait for the rows. */
export const runEntityCommand = <State, Type extends EventType>(
  { appender, projection }: Pick<CommandParts, 'appender' | 'projection'>,
  stamp: Stamp,
  command: Pick<Command<State>, 'ifMatch' | 'read'> & {
    /** Pure: what happens, or a Problem. */
    decide: (current: Versioned<State> | undefined) => NewEvent<Type>;
  },
): Promise<CommandResult> =>
  runCommand<State>({
    ifMatch: command.ifMatch,
    read: command.read,
    appender,
    decide: (current) => stampedEvent(stamp, command.decide(current)).message,
    projected: (sequence) => projection.reached(stamp.district, sequence, projectionWaitMs),
  });
