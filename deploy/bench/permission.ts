import '../../services/services.ts';
import { randomUUID } from 'node:crypto';
import { mayDo } from '../../services/contracts/access/may-do.ts';
import type { Grant, Principal } from '../../services/contracts/access/principal.ts';
import { productPermit } from '../../services/contracts/access/product-permit.ts';
import { ledgerIn } from '../../services/identity/ledger.ts';
import { createApp } from '../../services/platform/app.ts';
import { type AuditEntry, keepBooks } from '../../services/platform/audit.ts';
import { openDatabase } from '../../services/platform/database.ts';
import { createLog } from '../../services/platform/log.ts';
import { createMetrics } from '../../services/platform/metrics.ts';
import { everybodyMay, type Permit } from '../../services/platform/permission.ts';
import { callerHeader, sealCaller, vouchedFor } from '../../services/platform/sealed-caller.ts';
import { type BenchResult, percentile, round } from './result.ts';
import { startStack } from './stack.ts';

const questions = 200_000;
const requests = 4000;
const lines = 300;
const secret = 's'.repeat(43);
const areas = Array.from({ length: 1500 }, (_, index) => `q7-area-${index}`);
const grants: Grant[] = [
  { role: 'analyst', districts: ['q7'], areas: 'all', from: '2026-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z' },
  { role: 'ward-leader', districts: ['q1', 'q7'], areas },
  { role: 'health-station-officer', districts: ['q1', 'q7'], areas, until: '2099-01-01T00:00:00Z' },
];
const access = { 'GET /api/x': { action: 'figure.read', dataClass: 'aggregate' } } as const;
const log = createLog('bench', 'silent');

/**
 * Microseconds of one question whether somebody may do something, the longest way: three grants, 1,500 areas each, the last one or none. References of the same run: a whole
 * request with nothing judged. Beside it what the judgement adds to a whole request (the front door's seal opened, the grants read, the table asked), and what
 * a line of the ledger costs who waits for it: on disk before the answer.
 */
export async function benchPermission(): Promise<BenchResult> {
  const questionMicroseconds = oneQuestion();
  const office = { known: true, purpose: 'reporting', grants: [grants[0]!] } as Principal;
  const unjudged = await oneRequest(everybodyMay, undefined);
  const judged = await oneRequest(productPermit(vouchedFor(secret)), office);
  const ledger = await ledgerCost();
  return {
    bench: 'permission',
    value: round(questionMicroseconds, 2),
    unit: 'µs a question: 3 grants, 1,500 areas each',
    reference: { requestUnjudgedMicroseconds: round(unjudged) },
    ratio: round(questionMicroseconds / unjudged, 4),
    ok: questionMicroseconds <= 50,
    details: {
      requestJudgedMicroseconds: round(judged),
      judgementOfRequestMicroseconds: round(judged - unjudged),
      ledger,
      aim: '<= 50 µs',
    },
  };
}

function oneQuestion(): number {
  const who = { known: true, grants };
  const now = Date.now();
  const ask = (index: number) => {
    const area = index % 2 ? 'q7-area-1499' : 'q7-elsewhere';
    return mayDo(who, 'case.report', 'person', { district: 'q7', areas: [area] }, now);
  };
  for (let index = 0; index < questions / 10; index++) ask(index);
  const start = performance.now();
  let permitted = 0;
  for (let index = 0; index < questions; index++) if (ask(index)) permitted++;
  const microseconds = ((performance.now() - start) * 1000) / questions;
  if (permitted !== questions / 2) throw new Error(`${permitted} were permitted`);
  return microseconds;
}

/** Median microseconds of a request to an app of the platform, without a network. */
async function oneRequest(permit: Permit, who: Principal | undefined): Promise<number> {
  const app = createApp({ name: 'bench', log, metrics: createMetrics('bench'), access, permit });
  app.get('/api/x', (context) => context.text('answered'));
  const address = '/api/x?district=q7';
  const times: number[] = [];
  for (let index = 0; index < requests; index++) {
    const requestId = `r${index}`;
    const request = { method: 'GET', address, requestId };
    const sealed = who && sealCaller(secret, JSON.stringify(who), request, Date.now());
    const headers = { 'x-request-id': requestId, ...(sealed ? { [callerHeader]: sealed } : {}) };
    const start = performance.now();
    const answer = await app.request(`http://x${address}`, { headers });
    times.push((performance.now() - start) * 1000);
    if (answer.status !== 200) throw new Error(await answer.text());
  }
  return percentile(
    times.slice(requests / 4).toSorted((a, b) => a - b),
    0.5,
  );
}

/** Of lines that are waited for: alone, one after another; and fifty at a time, which are written together. */
async function ledgerCost() {
  const stack = await startStack(['identity']);
  const database = openDatabase(stack.databaseUrl);
  const books = keepBooks(ledgerIn(database), { log });
  try {
    const alone: number[] = [];
    for (let index = 0; index < lines; index++) {
      const start = performance.now();
      await books.write(entry());
      alone.push(performance.now() - start);
    }
    const sorted = alone.slice(lines / 10).toSorted((a, b) => a - b);
    const start = performance.now();
    for (let at = 0; at < lines * 10; at += 50)
      await Promise.all(Array.from({ length: 50 }, () => books.write(entry())));
    const linesPerSecond = (lines * 10) / ((performance.now() - start) / 1000);
    return {
      aloneMsP50: round(percentile(sorted, 0.5), 2),
      aloneMsP95: round(percentile(sorted, 0.95), 2),
      linesPerSecond: round(linesPerSecond, 0),
    };
  } finally {
    await books.stop();
    await database.end();
    await stack.stop();
  }
}

const entry = (): AuditEntry => ({
  at: new Date().toISOString(),
  service: 'epidemic',
  requestId: randomUUID(),
  actor: 'user:bench',
  roles: ['epidemiologist'],
  purpose: 'reporting',
  action: 'case.read',
  dataClass: 'person',
  method: 'GET',
  route: '/api/epidemic/cases',
  address: '/api/epidemic/cases?district=q7&limit=100',
  districts: ['q7'],
  areas: [],
  persons: Array.from({ length: 100 }, (_, index) => `case-${index}`),
  status: 200,
});
