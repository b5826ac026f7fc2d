import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findProgram } from '../local/programs.ts';
import { haproxyConfig } from './haproxy-config.ts';
import { isWell } from './kill.ts';
import { longestGapMs } from './longest-gap.ts';
import { patroniConfig, terms } from './patroni-config.ts';
import { UnknownVictim, victimNamed } from './victims.ts';

const entries = [
  {
    name: 'database',
    port: 20_001,
    mode: 'tcp' as const,
    health: ['OPTIONS', '/primary'] as const,
    backends: [
      { name: 'p1', port: 20_002, healthPort: 20_003 },
      { name: 'p2', port: 20_004, healthPort: 20_005 },
    ],
  },
  {
    name: 'live',
    port: 20_006,
    mode: 'http' as const,
    health: ['GET', '/healthz'] as const,
    backends: [{ name: 'live', port: 20_007 }],
  },
];

test('each entry asks its backends where their health is told, and passes on to their own ports', () => {
  const config = haproxyConfig(entries, 'haproxy');
  expect(config).toContain('  user haproxy\n');
  expect(config).toContain('http-check send meth OPTIONS uri /primary hdr Host localhost');
  expect(config).toMatch(/server p2 127\.0\.0\.1:20004 check .* port 20005\n/);
  expect(config).toMatch(
    /server live 127\.0\.0\.1:20007 check inter \S+ fall 2 rise 1 on-marked-down shutdown-sessions\n/,
  );
  expect(haproxyConfig(entries)).not.toContain('user ');
});

test.skipIf(!findProgram('haproxy'))('HAProxy takes the settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-haproxy-'));
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, haproxyConfig(entries));
  const { status, stderr } = spawnSync(findProgram('haproxy')!, ['-c', '-f', file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('ALERT')]);
});

test('a node of the database is promoted by itself, has each commit on a standby, and lets nobody in without a password', () => {
  const node = { name: 'p1', port: 20_002, restPort: 20_003, folder: '/data/p1' };
  const operators = { superuser: 'vungxanh', password: 'secret-of-it', replicationPassword: 'secret-of-the-other' };
  const config = JSON.parse(patroniConfig(node, { etcdPort: 20_010, bin: '/bin/of/postgres', operators })) as {
    bootstrap: { dcs: object };
    postgresql: { pg_hba: string[]; data_dir: string };
  };
  expect(config.bootstrap.dcs).toMatchObject({ synchronous_mode: true, primary_start_timeout: 0, ttl: 8 });
  expect(config.postgresql.pg_hba.every((line) => line.endsWith('scram-sha-256'))).toBe(true);
  expect(config.postgresql.data_dir).toBe('/data/p1/data');
  // Otherwise Patroni sets others by itself.
  expect(terms.leaderSeconds).toBeGreaterThanOrEqual(terms.everySeconds + 2 * terms.patienceSeconds);
});

test('the longest gap is between neighbours in time', () => {
  expect(longestGapMs([])).toBe(0);
  expect(longestGapMs([5])).toBe(0);
  expect(longestGapMs([1000, 10, 400.4])).toBe(600);
});

test('a run is well on the bars and not one beyond any of them', () => {
  const well = {
    ...{ posted: 100, acknowledged: 100, journal: 100, distinct: 100, rows: 100, sentAgain: 3 },
    ...{ writerGapMs: 10_000, rowGapMs: 15_000 },
    seen: { readiness: 1, lagSeconds: 0, lagEvents: 1, warnings: 1 },
  };
  expect(isWell(well)).toBe(true);
  for (const worse of [
    { acknowledged: 99 },
    { journal: 101 },
    { distinct: 99 },
    { rows: 99 },
    { writerGapMs: 10_001 },
    { rowGapMs: 15_001 },
    { seen: { ...well.seen, readiness: 0 } },
    { seen: { ...well.seen, warnings: 0 } },
    { seen: { ...well.seen, lagEvents: 0 } },
  ])
    expect(isWell({ ...well, ...worse }), JSON.stringify(worse)).toBe(false);
  // A gap that nobody feels need not be told.
  const unseen = { readiness: 0, lagSeconds: 0, lagEvents: 0, warnings: 0 };
  expect(isWell({ ...well, writerGapMs: 5000, rowGapMs: 5000, seen: unseen })).toBe(true);
  expect(isWell({ ...well, writerGapMs: 5001, rowGapMs: 5000, seen: unseen })).toBe(false);
});

test('who is to be killed is named, and who is not there is told of those who are', () => {
  const copies = [{ service: 'epidemic', name: 'epidemic', url: 'http://127.0.0.1:1', pid: 1 }];
  expect(victimNamed('nats-leader', { copies })).toBe('nats-leader');
  expect(victimNamed('replica:epidemic', { copies })).toBe('replica:epidemic');
  expect(() => victimNamed('replica:nobody', { copies })).toThrow(UnknownVictim);
  expect(() => victimNamed('nobody', { copies })).toThrow('replica:SERVICE with one of epidemic');
});
