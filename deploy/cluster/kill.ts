import { setTimeout as sleep } from 'node:timers/promises';
import { type ClusterState, readClusterState } from './cluster-state.ts';
import { statusOf } from './cluster-status.ts';
import { type LoadResult, measuredLoad } from './measured-load.ts';
import { turnsOf, type Victim } from './victims.ts';

/** What issue and operators ask of a cluster. */
export const bars = { writerGapMs: 10_000, rowGapMs: 15_000, seenFromMs: 5000 };

export interface Killed extends LoadResult {
  killed: string[];
  ok: boolean;
}

export interface KillOptions {
  dataFolder: string;
  token: string;
  prefix: string;
  perSecond: number;
  batch: number;
  /** Left out: as many as are posted until the last turn is over. */
  events?: number | undefined;
  /** Who dies; more than one: one after another, each when the cluster is whole again. */
  victims: readonly Victim[];
  say: (line: string) => void;
}

/** Before the first turn, after each turn: what is measured has to have been even before, and must be seen to go on. */
const steadyMs = 8000;
const afterTurnMs = 25_000;

/** Kills processes while events come in, and counts. @throws Error when no cluster runs, or it is not whole again within five minutes */
export async function killUnderLoad(options: KillOptions): Promise<Killed> {
  const { dataFolder, victims, say, ...load } = options;
  const state = (): ClusterState => {
    const found = readClusterState(dataFolder);
    if (!found) throw new Error(`no cluster runs on ${dataFolder}: npm run cluster -- up`);
    return found;
  };
  await untilWhole(state);
  const killed: string[] = [];
  const turns = (await Promise.all(victims.map((victim) => turnsOf(victim, state)))).flat();
  const meanwhile = async () => {
    await sleep(steadyMs);
    for (const turn of turns) {
      // Who is killed after another one must not be the last.
      await untilWhole(state);
      const { name, pids } = await turn();
      for (const pid of pids) end(pid);
      say(`${name} was killed`);
      killed.push(name);
      await sleep(afterTurnMs);
    }
  };
  const result = await measuredLoad({
    ...load,
    ...{ state: state(), dataFolder, meanwhile },
    events: options.events,
    patienceMs: 600_000,
  });
  return { killed, ...result, ok: isWell(result) };
}

/** Nothing lost, nothing twice, no gap too long, none unseen. Pure. */
export function isWell(result: LoadResult): boolean {
  const { acknowledged, posted, journal, distinct, rows, writerGapMs, rowGapMs, seen } = result;
  const longest = Math.max(writerGapMs, rowGapMs);
  return (
    [acknowledged, journal, distinct, rows].every((count) => count === posted) &&
    writerGapMs <= bars.writerGapMs &&
    rowGapMs <= bars.rowGapMs &&
    (longest <= bars.seenFromMs || (seen.readiness > 0 && seen.warnings > 0)) &&
    (rowGapMs <= bars.seenFromMs || seen.lagEvents > 0)
  );
}

async function untilWhole(state: () => ClusterState): Promise<void> {
  for (const deadline = Date.now() + 300_000; ; await sleep(1000)) {
    const status = await statusOf(state());
    if (status.whole) return;
    if (Date.now() > deadline) throw new Error(`the cluster is not whole: ${JSON.stringify(status)}`);
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
