import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type RunState, readRunState, writeRunState } from './run-state.ts';

test('what runs is told while it runs; a damaged file is said, and is of nobody', () => {
  const data = mkdtempSync(join(tmpdir(), 'vung-xanh-run-'));
  try {
    const state: RunState = {
      pid: process.pid,
      url: 'http://localhost:8080',
      databaseUrl: 'postgresql://127.0.0.1:1/x',
      natsUrl: 'nats://127.0.0.1:2',
      services: { intake: 'http://127.0.0.1:3' },
      pids: { nats: 4 },
    };
    writeRunState(data, state);
    expect(readRunState(data)).toEqual(state);
    for (const damaged of ['', '{"pid":', '{}', '[]', '\0\0\0']) {
      writeFileSync(join(data, 'run.json'), damaged);
      const said: string[] = [];
      expect(readRunState(data, (line) => said.push(line))).toBeUndefined();
      expect(said).toEqual([expect.stringContaining('run.json is damaged')]);
    }
    // Process ids of Linux end at 4,194,304.
    writeRunState(data, { ...state, pid: 5_000_000 });
    expect(readRunState(data)).toBeUndefined();
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
