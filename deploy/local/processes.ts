import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from '@hono/zod-openapi';
import { readStateFile, writeStateFile } from '../../services/platform/state-file.ts';

/** A process of a start, told from any other that has the same id later. */
const ownProcess = z.object({
  name: z.string(),
  pid: z.int().positive(),
  /** Of this boot of the machine, and when in it the process began, in clock ticks. */
  began: z.string(),
});
export type OwnProcess = z.infer<typeof ownProcess>;

/** `folder`: whose list it is. In a copy of a data folder it tells of processes that are another's. */
const processList = z.object({ folder: z.string(), processes: z.array(ownProcess) });

/** A folder whatever it is called: a copy is another one, one that was renamed is the same. */
function identityOf(folder: string): string {
  const { dev, ino } = statSync(folder);
  return `${dev} ${ino}`;
}

const fileOf = (dataFolder: string) => join(dataFolder, 'processes.json');

/**
 * When a process began, as text that no other process of its id has; undefined: there is none, it has ended, or this system does not tell (no /proc).
 * Source: proc(5), /proc/PID/stat, fields 3 (state) and 22 (starttime).
 */
export function beganOf(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the programme, in brackets, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

export const isAlive = ({ pid, began }: OwnProcess): boolean => beganOf(pid) === began;

/** The processes of a start: the list is kept beside the data while they run, for a start that comes after a death without a word. */
export class ProcessList {
  private readonly own = new Map<string, OwnProcess>();
  private readonly dataFolder: string;
  private readonly say: (line: string) => void;

  constructor(dataFolder: string, say: (line: string) => void) {
    this.dataFolder = dataFolder;
    this.say = say;
  }

  add(name: string, pid: number): void {
    const began = beganOf(pid);
    if (began === undefined) return;
    this.own.set(name, { name, pid, began });
    this.write();
  }

  /** After an orderly end: nobody is left. */
  clear(): void {
    this.own.clear();
    this.write();
  }

  private write(): void {
    try {
      mkdirSync(this.dataFolder, { recursive: true });
      const list = { folder: identityOf(this.dataFolder), processes: [...this.own.values()] };
      writeStateFile(fileOf(this.dataFolder), `${JSON.stringify(list, null, 2)}\n`);
    } catch (error) {
      // Such as a full disk: the list is for a case that may never come.
      this.say(`processes.json cannot be written: ${(error as Error).message}`);
    }
  }
}

/** Of an earlier start on the data folder, those that still run. */
export function processesLeft(dataFolder: string, say: (line: string) => void): OwnProcess[] {
  const list = readStateFile(fileOf(dataFolder), (text) => processList.parse(JSON.parse(text)), say);
  return list && list.folder === identityOf(dataFolder) ? list.processes.filter(isAlive) : [];
}

/** Name of the start itself in the list. */
export const startItself = 'start';

/**
 * Ends what an earlier start left: two servers on one folder would write over each other. Only what is proven ours is ended: same id, same beginning.
 *
 * @param patienceMs how long they may take to end by themselves
 * @throws Error when the earlier start itself is alive, or a process cannot be ended
 */
export async function clearProcessesLeft(
  dataFolder: string,
  say: (line: string) => void,
  patienceMs = 15_000,
): Promise<void> {
  const left = processesLeft(dataFolder, say);
  const start = left.find(({ name }) => name === startItself);
  if (start) throw new Error(`already starting or running on ${dataFolder} (process ${start.pid})`);
  if (left.length === 0) return;
  say(
    `an earlier start died and left ${left.map(({ name, pid }) => `${name} (process ${pid})`).join(', ')}: ending them`,
  );
  for (const [signal, waitMs] of [
    ['SIGTERM', patienceMs],
    ['SIGKILL', 5_000],
  ] as const) {
    const deadline = Date.now() + waitMs;
    // SIGINT is PostgreSQL's quick end: SIGTERM waits for its clients.
    for (const one of left)
      if (isAlive(one)) end(one.pid, one.name === 'postgres' && signal === 'SIGTERM' ? 'SIGINT' : signal);
    while (left.some(isAlive) && Date.now() < deadline) await sleep(50);
  }
  const stay = left.filter(isAlive);
  if (stay.length > 0)
    throw new Error(
      `cannot end ${stay.map(({ name, pid }) => `${name} (process ${pid})`).join(', ')} of an earlier start`,
    );
  say('they have ended');
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It has ended in the meantime, or belongs to somebody else: looked at again below.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
