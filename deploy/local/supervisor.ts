import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MemoryClass } from '../../services/contracts/subsystem.ts';
import { keepingCompiledCode } from './compiled-code.ts';
import { logFile } from './log-file.ts';
import type { OwnUser } from './own-user.ts';

export interface ServiceSpec {
  name: string;
  /** Entry file. */
  main: string;
  /** Its name in the list of services; left out: that of the process. */
  service?: string;
  env: Record<string, string>;
  /** Left out: small. */
  memory?: MemoryClass;
  /** Whom it runs as; left out: as the start does. */
  user?: OwnUser | undefined;
}

export interface SupervisorOptions {
  logFolder: string;
  say: (line: string) => void;
  /** Is told each process that is started. */
  spawned?: (name: string, pid: number) => void;
  /** Waits before a crashed service is started again: doubled each time, back to the first after a minute without a crash. */
  firstBackOffMs?: number;
  longestBackOffMs?: number;
}

/**
 * V8 would rather grow than collect: eight services at ease come to 1.5 GB. An old generation that grows by a third at a time, and a small young one, save a third
 * of it. Those on the path of a flood would collect for a third of their time with these (measured 2026-11-30: 11.5 of 41 s), so they grow as V8 likes.
 */
export const memoryFlags = (memory: MemoryClass) =>
  memory === 'small' ? ['--max-semi-space-size=4', '--heap-growing-percent=30'] : ['--max-semi-space-size=16'];

/**
 * One malloc arena: several leave holes in each, 10 to 30 MB a service. Those on the path of a flood (points go
 * through geography) would wait for their own threads: a quarter fewer events.
 */
export const lessFragments = (memory: MemoryClass): Record<string, string> =>
  memory === 'small' ? { MALLOC_ARENA_MAX: '1' } : {};

/** Runs services as child processes: their logs go to files, a crash is said and mended, and all end with us. */
export class Supervisor {
  private readonly options: SupervisorOptions;
  private readonly running = new Map<string, ChildProcess>();
  private stopping = false;

  constructor(options: SupervisorOptions) {
    this.options = options;
    mkdirSync(options.logFolder, { recursive: true });
  }

  /** Resolves when the service listens for the first time. */
  start(spec: ServiceSpec): Promise<void> {
    const log = logFile(join(this.options.logFolder, `${spec.name}.log`), this.options.say);
    return new Promise((listening) => this.launch(spec, log, this.options.firstBackOffMs ?? 500, listening));
  }

  /** Process ids by name: for the memory figure and for tests that kill one. */
  pids(): Record<string, number> {
    return Object.fromEntries([...this.running].map(([name, child]) => [name, child.pid!]));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(
      [...this.running.values()].map(
        (child) =>
          new Promise<void>((done) => {
            child.once('exit', () => done());
            child.kill('SIGTERM');
            setTimeout(() => child.kill('SIGKILL'), 9000).unref();
          }),
      ),
    );
  }

  private launch(spec: ServiceSpec, log: (chunk: Uint8Array) => void, backOffMs: number, listening: () => void): void {
    const startedAt = Date.now();
    const { memory = 'small' } = spec;
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', ...memoryFlags(memory), spec.main, spec.service ?? spec.name],
      {
        // A service knows the servers by its own addresses alone.
        env: {
          ...process.env,
          ...{ DATABASE_URL: undefined, NATS_URL: undefined },
          ...keepingCompiledCode(spec.user),
          ...lessFragments(memory),
          ...spec.env,
        },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        // Its own group: a Ctrl-C in the terminal is ours, and the services stop in our order.
        detached: true,
        ...spec.user,
      },
    );
    this.running.set(spec.name, child);
    if (child.pid !== undefined) this.options.spawned?.(spec.name, child.pid);
    child.stdout!.on('data', log);
    child.stderr!.on('data', log);
    let tail = '';
    child.stderr!.on('data', (chunk: Buffer) => {
      tail = (tail + chunk.toString()).slice(-600);
    });
    child.on('message', (message) => {
      if (typeof message === 'object' && message && 'listening' in message) listening();
    });
    child.on('exit', (code, signal) => {
      this.running.delete(spec.name);
      if (this.stopping) return;
      const { firstBackOffMs = 500, longestBackOffMs = 15_000, say } = this.options;
      const wait = Date.now() - startedAt > 60_000 ? firstBackOffMs : backOffMs;
      say(
        `${spec.name} ended (${signal ?? `code ${code}`}); started again in ${(wait / 1000).toFixed(1)} s${tail ? `\n    ${tail.trim().split('\n').slice(-3).join('\n    ')}` : ''}`,
      );
      setTimeout(() => {
        if (!this.stopping) this.launch(spec, log, Math.min(wait * 2, longestBackOffMs), listening);
      }, wait);
    });
  }
}
