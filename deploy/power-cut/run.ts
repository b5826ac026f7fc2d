import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBroker } from '../../services/platform/broker.ts';
import { openDatabase } from '../../services/platform/database.ts';
import { streamOf } from '../../services/platform/journal.ts';
import type { MendedRows } from '../../services/platform/projection-mend.ts';
import { readOn } from '../../services/platform/read-stream.ts';
import { caseEvent } from '../bench/case-events.ts';
import { type CutKind, makeDisk } from './disk.ts';
import { type Product, startProduct } from './product.ts';

/** What was found after one cut. */
export interface CutResult {
  kind: CutKind;
  /** Events that were answered 201 before this cut, all rounds together; how many of them are not in the journal. */
  acknowledged: number;
  lost: number;
  journalled: number;
  /** Rows without their event in the journal, and events without their row. */
  rowsTooMany: number;
  rowsMissing: number;
  /** Rows that the product found ahead of their journal, and wrote again. */
  mended: MendedRows[];
  /** Status of a command on a case that is there, sent with the ETag just read. */
  command: number;
  readySeconds: number;
}

export interface PowerCutOptions {
  cuts: number;
  /** How long events are posted before each cut. */
  seconds: number;
  say: (line: string) => void;
  /** Program to use as the broker; left out: the product's. */
  natsServer?: string | undefined;
}

export interface PowerCutResult {
  /** What the product itself says that a power cut may cost. */
  powerCutSeconds: number | null;
  cuts: CutResult[];
}

const district = 'q7';
const batch = 50;
const writers = 4;
const patienceMs = 120_000;

/**
 * The product on a disk of its own, whose power is cut while events are posted; then the product started on what is left, compared with what was acknowledged.
 * Every wait is bounded; disk and processes are taken away whatever happens.
 */
export async function runPowerCuts({ cuts, seconds, say, natsServer }: PowerCutOptions): Promise<PowerCutResult> {
  const work = mkdtempSync(join(tmpdir(), 'vung-xanh-power-cut-'));
  chmodSync(work, 0o755);
  const disk = makeDisk(work);
  const acknowledged = new Set<string>();
  const results: CutResult[] = [];
  let product: Product | undefined;
  let powerCutSeconds: number | null = null;
  const start = async () => {
    disk.mount();
    product = await startProduct(join(disk.folder, 'data'), natsServer);
    return product;
  };
  try {
    let running = await start();
    powerCutSeconds = await costOf(running);
    for (let round = 0; round < cuts; round++) {
      const kind: CutKind = round % 2 === 0 ? 'copy' : 'stop';
      const before = await postUntil(running, round, seconds, acknowledged, () => disk.cut(kind));
      await running.kill();
      await disk.unmount();
      running = await start();
      const result = await look(running, kind, before);
      results.push(result);
      say(JSON.stringify(result));
      // What is not there was told above; only what is there can be lost by the next cut.
      acknowledged.clear();
      for (const id of await journalled(running)) acknowledged.add(id);
    }
    return { powerCutSeconds, cuts: results };
  } finally {
    await product?.kill();
    await disk.unmount();
    rmSync(work, { recursive: true, force: true });
  }
}

/** Posts until the cut. Returns what was acknowledged when it began. */
async function postUntil(
  { url, fetch }: Product,
  round: number,
  seconds: number,
  acknowledged: Set<string>,
  cut: () => void,
): Promise<Set<string>> {
  let posting = true;
  let next = 0;
  const writing = Array.from({ length: writers }, async () => {
    while (posting) {
      const from = next;
      next += batch;
      const events = Array.from({ length: batch }, (_, offset) => caseEvent(from + offset, `cut${round}`));
      const answer = await fetch(`${url}/api/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/cloudevents-batch+json' },
        body: JSON.stringify(events),
        signal: AbortSignal.timeout(30_000),
      }).catch(() => undefined);
      // Read to its end: an answer that is cut off acknowledges nothing.
      const receipt = await answer?.json().catch(() => undefined);
      if (!posting) return;
      if (answer?.status !== 201 || !receipt)
        throw new Error(`POST /api/events: ${answer?.status} ${JSON.stringify(receipt)}`);
      for (const { id } of events) acknowledged.add(id);
    }
  });
  try {
    await Promise.race([sleep(seconds * 1000), Promise.all(writing)]);
    const before = new Set(acknowledged);
    posting = false;
    cut();
    return before;
  } finally {
    posting = false;
    await Promise.allSettled(writing);
  }
}

async function look(product: Product, kind: CutKind, acknowledged: ReadonlySet<string>): Promise<CutResult> {
  const inJournal = await journalled(product);
  let rows = await projected(product);
  const differs = () => rows.size !== inJournal.size || [...inJournal].some((id) => !rows.has(id));
  for (const deadline = Date.now() + patienceMs; differs() && Date.now() < deadline; rows = await projected(product))
    await sleep(200);
  const status = (await (await product.fetch(`${product.url}/api/status`)).json()) as {
    services: { mended?: MendedRows[] }[];
  };
  return {
    kind,
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter((id) => !inJournal.has(id)).length,
    journalled: inJournal.size,
    rowsTooMany: [...rows].filter((id) => !inJournal.has(id)).length,
    rowsMissing: [...inJournal].filter((id) => !rows.has(id)).length,
    mended: status.services.flatMap(({ mended }) => mended ?? []),
    command: await command(product, [...inJournal].at(-1) ?? (await postOne(product))),
    readySeconds: product.readySeconds,
  };
}

async function costOf({ url, fetch }: Product): Promise<number | null> {
  const { journal } = (await (await fetch(`${url}/api/status`)).json()) as {
    journal: { powerCutSeconds: number | null };
  };
  return journal.powerCutSeconds;
}

/** Ids of the cases in the journal, in its order. */
async function journalled({ natsUrl }: Product): Promise<Set<string>> {
  const broker = await openBroker(natsUrl, 'power-cut');
  try {
    const found = new Set<string>();
    const stream = streamOf(district);
    const { state } = await broker.manager.streams.info(stream);
    if (state.messages === 0) return found;
    for await (const message of readOn(broker, { stream, after: 0, ahead: 5000 })) {
      const [, , service, noun, key] = message.subject.split('.');
      if (service === 'epidemic' && noun === 'case' && key) found.add(key);
      if (message.seq >= state.last_seq) break;
    }
    return found;
  } finally {
    await broker.close();
  }
}

async function projected({ databaseUrl }: Product): Promise<Set<string>> {
  const database = openDatabase(databaseUrl, { max: 1, statementTimeoutMs: 60_000 });
  try {
    const { rows } = await database.query<{ id: string }>(
      'SELECT DISTINCT case_id AS id FROM epidemic.case_versions WHERE district = $1',
      [district],
    );
    return new Set(rows.map(({ id }) => id));
  } finally {
    await database.end();
  }
}

/** Where the cut left nothing that a command could be for. Returns the case's id when its rows are there. */
async function postOne(product: Product): Promise<string> {
  const event = caseEvent(0, 'after');
  await product.fetch(`${product.url}/api/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify(event),
  });
  const deadline = Date.now() + patienceMs;
  while (!(await projected(product)).has(event.data.caseId) && Date.now() < deadline) await sleep(200);
  return event.data.caseId;
}

async function command({ url, fetch }: Product, caseId: string): Promise<number> {
  const address = `${url}/api/epidemic/cases/${caseId}`;
  const { headers } = await fetch(`${address}?district=${district}`);
  const answer = await fetch(`${address}/status?district=${district}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'if-match': headers.get('etag') ?? '' },
    body: JSON.stringify({ status: 'home-care' }),
  });
  return answer.status;
}
