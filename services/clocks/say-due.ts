import { type DueRow, dueEventId, sayableAtOnce } from './due.ts';

/** What became of due times that were offered to the journal. */
export interface Said {
  /** The journal has them now, or had them. */
  said: number;
  /** Of another's message on the subject of an entity the rows do not know yet: nothing was said of it. */
  behind: number;
  /** They can never be said as they stand, by id of event: a fault of their owner. */
  unsayable: readonly string[];
  /** The rows have to hold the journal up to here before more is read. */
  throughSequence: number;
}

/** What the saying of due times needs of one district. Times are milliseconds of the district's clock. */
export interface DuePorts {
  clockMs: () => Promise<number>;
  /** Due times that are not after the clock, in their order; at most so many. */
  due: (clockMs: number, limit: number) => Promise<DueRow[]>;
  /** The first due time after the clock. */
  nextMs: (clockMs: number) => Promise<number | undefined>;
  /** Puts each into the journal on condition that its entity's subject still ends where the rows say. */
  say: (rows: readonly DueRow[], clockMs: number) => Promise<Said>;
  /** True once the rows hold the sequence. */
  written: (throughSequence: number) => Promise<boolean>;
  /** The lead is lost, or the service stops. */
  stopped: () => boolean;
}

/** How a round ended. */
export interface Round {
  said: number;
  /** When the next is due; undefined: nothing is. */
  nextMs: number | undefined;
  clockMs: number;
  /** Rows were behind the journal: to be looked at again in a moment. */
  behind: boolean;
}

/** Due times that are read at once. */
const limit = 1000;

/**
 * Says what is due in a district, until nothing is. Exactly once, whoever dies in between: an event is said on condition of its entity's last message, so that
 * what the journal has already, or what ended meanwhile, is refused; and what was not said is still in the rows.
 *
 * @param unsayable ids that were found to fit no event; they are passed over
 */
export async function sayDue(ports: DuePorts, unsayable: Set<string>): Promise<Round> {
  let said = 0;
  for (;;) {
    const clockMs = await ports.clockMs();
    const rows = await ports.due(clockMs, limit + unsayable.size);
    const batch = sayableAtOnce(rows.filter((row) => !unsayable.has(dueEventId(row))));
    if (batch.length === 0 || ports.stopped())
      return { said, nextMs: await ports.nextMs(clockMs), clockMs, behind: false };
    const round = await ports.say(batch, clockMs);
    said += round.said;
    for (const id of round.unsayable) unsayable.add(id);
    const isWritten = round.throughSequence === 0 || (await ports.written(round.throughSequence));
    if (!isWritten || round.behind > 0) return { said, nextMs: await ports.nextMs(clockMs), clockMs, behind: true };
  }
}
