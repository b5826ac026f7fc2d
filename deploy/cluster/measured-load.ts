import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openBroker } from '../../services/platform/broker.ts';
import { streamOf } from '../../services/platform/journal.ts';
import { readOn } from '../../services/platform/read-stream.ts';
import { caseEvent } from '../bench/case-events.ts';
import type { ClusterState } from './cluster-state.ts';
import { longestGapMs } from './longest-gap.ts';
import { type Seen, watchSigns } from './watch-signs.ts';

/** District that the load is posted to. */
export const loadedDistrict = 'q7';

export interface LoadOptions {
  state: ClusterState;
  dataFolder: string;
  /** Of whoever owns the data folder. */
  token: string;
  /** First part of every id: another one each time. */
  prefix: string;
  /** Left out: as many as are posted until that is over. */
  events: number | undefined;
  perSecond: number;
  /** Events of one request. */
  batch: number;
  /** How long the rows may take after the last event was acknowledged, milliseconds. */
  patienceMs: number;
  /** What happens meanwhile; resolves when it is over. A failure of it ends the load, and is thrown. */
  meanwhile: () => Promise<void>;
}

export interface LoadResult {
  posted: number;
  acknowledged: number;
  /** Messages of the load in the journal, and how many different ids they have. */
  journal: number;
  distinct: number;
  rows: number;
  /** The longest time in which nothing was acknowledged. */
  writerGapMs: number;
  /** The longest time in which no row was added, while rows were owed. */
  rowGapMs: number;
  /** Requests that were answered otherwise than by 201, or not at all; each was sent again. */
  sentAgain: number;
  /** Where a gap could be seen. */
  seen: Seen;
}

/**
 * Posts cases to the entry at an even pace, each request again until it is acknowledged, as a feed does, and counts what became of them.
 *
 * @throws when the rows do not come within the patience
 */
export async function measuredLoad(options: LoadOptions): Promise<LoadResult> {
  const { state, token, prefix, perSecond, batch } = options;
  const most = options.events ?? Number.POSITIVE_INFINITY;
  const broker = await openBroker(state.natsUrl, 'cluster load');
  try {
    const stream = streamOf(loadedDistrict);
    const { state: before } = await broker.manager.streams.info(stream);
    const acknowledgedAt: number[] = [];
    let sentAgain = 0;
    const acknowledge = async (from: number) => {
      const body = JSON.stringify(
        Array.from({ length: Math.min(batch, most - from) }, (_, index) => caseEvent(from + index, prefix)),
      );
      for (;;) {
        const answer = await fetch(`${state.url}/api/events`, {
          method: 'POST',
          headers: { 'content-type': 'application/cloudevents-batch+json', authorization: `Bearer ${token}` },
          body,
          signal: AbortSignal.timeout(30_000),
        }).catch(() => undefined);
        const text = await answer?.text().catch(() => undefined);
        if (answer?.status === 201 && text !== undefined) break;
        if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 429)
          throw new Error(`POST /api/events: ${answer.status} ${text?.slice(0, 500)}`);
        sentAgain++;
        await sleep(250);
      }
      acknowledgedAt.push(performance.now());
    };
    const rows = watchRows(state.databaseUrl, prefix);
    const signs = watchSigns(state, options.dataFolder);
    const begun = performance.now();
    let isOver = false;
    let failure: unknown;
    const meanwhile = options
      .meanwhile()
      .catch((error) => {
        failure = error;
      })
      .finally(() => {
        isOver = true;
      });
    const posted: Promise<void>[] = [];
    let events = 0;
    while (events < most && !failure && !(isOver && options.events === undefined)) {
      await sleep(Math.max(0, begun + (events / perSecond) * 1000 - performance.now()));
      posted.push(acknowledge(events));
      events = Math.min(events + batch, most);
      // A door that is slower than the pace is waited for.
      if (posted.length > mostOnTheirWay) await posted[posted.length - mostOnTheirWay];
    }
    await Promise.all(posted);
    const written = await rows.until(events, options.patienceMs);
    await meanwhile;
    if (failure) throw failure;
    const seen = signs.stop();
    const found = await readBack(broker, { after: before.last_seq, prefix, through: await lastOf(broker, stream) });
    return {
      posted: events,
      acknowledged: acknowledgedAt.length === posted.length ? events : 0,
      ...found,
      rows: written.rows,
      writerGapMs: longestGapMs([begun, ...acknowledgedAt]),
      rowGapMs: longestGapMs([begun, ...written.addedAt]),
      sentAgain,
      seen,
    };
  } finally {
    await broker.close();
  }
}

const lastOf = async (broker: Awaited<ReturnType<typeof openBroker>>, stream: string) =>
  (await broker.manager.streams.info(stream)).state.last_seq;

/** Requests that are not answered yet: 200 of ten events are twenty seconds of the usual pace. */
const mostOnTheirWay = 200;

/** What stands of the load in the journal. */
async function readBack(
  broker: Awaited<ReturnType<typeof openBroker>>,
  { after, prefix, through }: { after: number; prefix: string; through: number },
): Promise<{ journal: number; distinct: number }> {
  const ids = new Set<string>();
  let journal = 0;
  let at = after;
  // A reading ends when the broker falls silent: what was killed may have been who it came from.
  while (at < through)
    for await (const message of readOn(broker, {
      stream: streamOf(loadedDistrict),
      after: at,
      ahead: 2000,
    })) {
      const { id } = message.json<{ id: string }>();
      if (id.startsWith(`${prefix}-`)) {
        journal++;
        ids.add(id);
      }
      at = message.seq;
      if (at >= through) break;
    }
  return { journal, distinct: ids.size };
}

/** Looks at how many rows of the load there are, through the entry of the database, whoever leads it. */
function watchRows(databaseUrl: string, prefix: string) {
  let rows = 0;
  let stopped = false;
  const addedAt: number[] = [];
  let client: pg.Client | undefined;
  const ask = async (): Promise<number> => {
    if (!client) {
      const opened = new pg.Client({
        connectionString: databaseUrl,
        connectionTimeoutMillis: 3000,
        query_timeout: 15_000,
      });
      // A connection that is lost is opened anew at the next question.
      opened.on('error', () => {});
      await opened.connect();
      client = opened;
    }
    const found = await client.query<{ n: string }>(
      `SELECT count(*) AS n FROM epidemic.case_versions WHERE district = $1 AND starts_with(case_id, $2)`,
      [loadedDistrict, `${prefix}-`],
    );
    return Number(found.rows[0]!.n);
  };
  const done = (async () => {
    while (!stopped) {
      const begun = performance.now();
      try {
        const now = await ask();
        if (now > rows) addedAt.push(performance.now());
        rows = now;
      } catch {
        const broken = client;
        client = undefined;
        void broken?.end().catch(() => {});
      }
      // A question that takes long may not be what the database is busy with.
      await sleep(Math.max(200, (performance.now() - begun) * 5));
    }
    await client?.end().catch(() => {});
  })();
  return {
    until: async (wanted: number, patienceMs: number) => {
      const deadline = performance.now() + patienceMs;
      while (rows < wanted && performance.now() < deadline) await sleep(100);
      stopped = true;
      await done;
      return { rows, addedAt };
    },
  };
}
