import { type Command, type CommandResult, runCommand } from '#platform/command.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { ServiceParts } from '#platform/service.ts';

/** What the routes of commands are built from. */
export interface CommandParts extends ServiceParts {
  projection: FollowedProjection;
}

/** How long a command waits for its rows before it answers. */
export const projectionWaitMs = 2000;

/** A command on one entity of a district: read it, decide, journal what was decided, wait for the rows. */
export const runEntityCommand = <State>(
  { appender, projection }: Pick<CommandParts, 'appender' | 'projection'>,
  district: string,
  command: Pick<Command<State>, 'ifMatch' | 'read' | 'decide'>,
): Promise<CommandResult> =>
  runCommand<State>({
    ...command,
    appender,
    projected: (sequence) => projection.reached(district, sequence, projectionWaitMs),
  });
