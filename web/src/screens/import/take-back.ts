import type { Withdrawal } from '@vungxanh/services/contracts/import-kind.ts';
import type { HttpProblem } from '../../api/http.ts';

/** What is known of an entity of an import. */
export interface KnownEntity {
  status?: string | null;
  version?: number;
  history: { source: string }[];
}

/** What became of an import that was taken back. */
export interface TakenBack {
  withdrawn: number;
  /** Were taken back before. */
  already: number;
  /** Others have said something of them since, or before: they stay. */
  changed: string[];
  /** Their service refused it, and why. */
  refused: { id: string; reason: string }[];
}

interface Asking {
  /** Source attribute of the file's events. */
  source: string;
  withdrawal: Withdrawal;
  /** Why, as it is written into each event. */
  reason: string;
  ask: (id: string) => Promise<KnownEntity>;
  tell: (id: string, body: Record<string, string>, version: number | undefined) => Promise<void>;
  onProgress: (done: number) => void;
}

const askedAtOnce = 4;

/**
 * Takes back what a file told of entities that were new with it, each by the command of its service: an event with a reason. An entity of which anybody else has said
 * something is left as it is. Pressing it again takes back what is left, and nothing twice.
 */
export async function takeBack(
  ids: readonly string[],
  { source, withdrawal, reason, ask, tell, onProgress }: Asking,
): Promise<TakenBack> {
  const result: TakenBack = { withdrawn: 0, already: 0, changed: [], refused: [] };
  let done = 0;
  const one = async (id: string) => {
    try {
      const { status, version, history } = await ask(id);
      if (status === withdrawal.status) result.already++;
      else if (history.some((event) => event.source !== source)) result.changed.push(id);
      else {
        await tell(id, { ...withdrawal.body, [withdrawal.reason]: reason }, version);
        result.withdrawn++;
      }
    } catch (error) {
      const { status, message } = error as HttpProblem;
      // Somebody was faster: between the question and the command the entity changed.
      if (status === 412) result.changed.push(id);
      else result.refused.push({ id, reason: message });
    }
    onProgress(++done);
  };
  const queue = [...ids];
  await Promise.all(
    Array.from({ length: askedAtOnce }, async () => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) await one(id);
    }),
  );
  return result;
}
