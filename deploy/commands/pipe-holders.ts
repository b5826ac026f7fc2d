import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Processes that hold an end of one of the pipes of process `pid`, as "PID command line": whom it may be waiting for. Linux; empty elsewhere. */
export function pipeHolders(pid: number): string[] {
  const own = pipesOf(pid);
  return processes()
    .filter((other) => other !== pid && [...pipesOf(other)].some((pipe) => own.has(pipe)))
    .map((other) => `${other} ${commandOf(other)}`);
}

const processes = () =>
  entries('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

function pipesOf(pid: number): Set<string> {
  const pipes = new Set<string>();
  for (const descriptor of entries(`/proc/${pid}/fd`)) {
    try {
      const target = readlinkSync(`/proc/${pid}/fd/${descriptor}`);
      if (/^(pipe|socket):/.test(target)) pipes.add(target);
    } catch {
      // Closed in between.
    }
  }
  return pipes;
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim().slice(0, 200);
  } catch {
    return '(gone)';
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
