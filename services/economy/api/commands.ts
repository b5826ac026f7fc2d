import type { EventType } from '#contracts/catalogue.ts';
import { type NewEvent, newEvent } from '#contracts/new-event.ts';
import { type CommandResult, runCommand, type Versioned } from '#platform/command.ts';
import { findDistrictStream } from '#platform/journal.ts';
import { Problem } from '#platform/problem.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { ServiceParts } from '#platform/service.ts';
import { readCurrent } from '../business/current.ts';
import type { Circumstances } from '../business/decide.ts';
import type { Business } from '../business/state.ts';

/** What the routes of commands are built from. */
export interface CommandParts extends ServiceParts {
  projection: FollowedProjection;
}

/** How long a command waits for its rows before it answers. */
export const projectionWaitMs = 2000;

/** Who and when of a command; 404 when the district has no journal. */
export async function circumstancesOf(parts: CommandParts, district: string): Promise<Circumstances> {
  const stream = await findDistrictStream(parts.broker, district);
  if (!stream)
    throw new Problem(404, 'No such district', {
      errors: [{ field: 'district', value: district, reason: 'a district that has a journal' }],
    });
  return { district, exercise: stream.exercise, now: parts.now().toISOString(), eventId: parts.newId() };
}

export async function runBusinessCommand<Type extends EventType>(
  parts: CommandParts,
  command: {
    district: string;
    businessId: string;
    ifMatch: string | undefined;
    decide: (current: Versioned<Business> | undefined, circumstances: Circumstances) => NewEvent<Type>;
  },
): Promise<CommandResult> {
  const { district, businessId } = command;
  // One id for all attempts: what the journal has acknowledged once is not said again.
  const circumstances = await circumstancesOf(parts, district);
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
    decide: (current) => newEvent(command.decide(current, circumstances)).message,
    projected: (sequence) => parts.projection.reached(district, sequence, projectionWaitMs),
  });
}
