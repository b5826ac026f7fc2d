import type { EventDefinition } from '#contracts/define-event.ts';
import { type CommandResult, runCommand } from '#platform/command.ts';
import { type Stamp, stampedFact } from '../district/stamp.ts';
import type { CommandParts } from '../lifecycle/run-command.ts';
import { projectionWaitMs } from '../lifecycle/run-command.ts';

export type OfficialsParts = CommandParts;
export type Noun = 'officer' | 'shift' | 'directive' | 'dispute';

/** Says a fact about one entity, decided on its state, on condition that nobody was faster. */
export function sayOf<State, Data>(
  { database, appender, projection }: OfficialsParts,
  stamped: Stamp,
  entityId: string,
  {
    noun,
    read,
    decide,
  }: {
    noun: Noun;
    read: () => Promise<State | undefined>;
    decide: (state: State | undefined) => [EventDefinition<Data>, Data];
  },
): Promise<CommandResult> {
  const { district } = stamped;
  return runCommand<State>({
    appender,
    ifMatch: undefined,
    projected: (sequence) => projection.reached(district, sequence, projectionWaitMs),
    readHead: async () => {
      const { rows } = await database.query<{ sequence: number }>(
        'SELECT sequence FROM officials.heads WHERE district = $1 AND noun = $2 AND entity_id = $3',
        [district, noun, entityId],
      );
      return Number(rows[0]?.sequence ?? 0);
    },
    read: async () => {
      const state = await read();
      return state === undefined ? undefined : { state, sequence: 0 };
    },
    decide: (current) => {
      const [definition, data] = decide(current?.state);
      return stampedFact(stamped, definition, { source: 'officials', data }).message;
    },
  });
}
