import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemas } from '../../services/migrations.ts';
import { Appender } from '../../services/platform/append.ts';
import type { Broker } from '../../services/platform/broker.ts';
import { type Database, openDatabase } from '../../services/platform/database.ts';
import { countDeadLetters } from '../../services/platform/dead-letters.ts';
import { findDistrictStream, lastMessage, sayDistrictAdded, streamOf } from '../../services/platform/journal.ts';
import { openLeadership } from '../../services/platform/leadership.ts';
import type { Log } from '../../services/platform/log.ts';
import { createMetrics } from '../../services/platform/metrics.ts';
import type { Open, Projection } from '../../services/platform/projection.ts';
import { followDistricts } from '../../services/platform/projections.ts';
import { allProjections, rebuildStages } from '../../services/projections.ts';
import { giveBack, takeSnapshot } from '../backup/stream-snapshot.ts';
import { closeJournal, openJournalAgain } from './close-journal.ts';
import { contentOf, differences } from './compare-rows.ts';
import { journalDigest } from './journal-digest.ts';

/** Servers of a product, as its operator. */
export interface Place {
  broker: Broker;
  databaseUrl: string;
  /** Opens what stands sealed in the journals there; left out: nothing sealed is read. */
  open?: Open | undefined;
}

/** What was moved, and what differs. */
export interface Moved {
  district: string;
  events: number;
  lastSequence: number;
  projections: number;
  tables: number;
  rows: number;
  /** Tables whose rows are others than they were, in sentences; positions that are not where they were; none: all is equal. */
  differences: string[];
  /** Rows that are no projection and stay where they are, by table. */
  notMoved: Record<string, number>;
}

/** A move that cannot be made; the message says why. Nothing was changed, or it was undone. */
export class CannotMove extends Error {}

const projected = schemas.filter(({ kept }) => !kept).map(({ schema }) => schema);
const keptSchemas = schemas.filter(({ kept }) => kept).map(({ schema }) => schema);
/** How long rows may take, milliseconds: a city's journal is read again in a quarter of an hour. */
const patienceMs = 3_600_000;

/**
 * Moves a district to other servers: its journal as it is (sequences, times, headers: chains, ETags and links hold), then the rows by reading it again there. The journal
 * is closed where it was, so that nothing comes that would be left behind; it is opened again when the move fails.
 *
 * Whether services run at either place does not matter: this is one more copy of them, and writes only what no other writes (platform/leadership.ts).
 *
 * @throws CannotMove when there is no such district, or one there already
 */
export async function moveDistrict(
  district: string,
  { from, to, log, say }: { from: Place; to: Place; log: Log; say: (line: string) => void },
): Promise<Moved> {
  const stream = await findDistrictStream(from.broker, district);
  if (!stream) throw new CannotMove(`there is no district ${district} to be moved`);
  if (await findDistrictStream(to.broker, district))
    throw new CannotMove(`there is a district ${district} there already`);
  const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-move-'));
  let given = false;
  try {
    const lastSequence = await closeJournal(from.broker, district);
    say(`${district}: closed at sequence ${lastSequence}; what is posted to it is answered 503 until it is moved`);
    const before = await rowsOf(from, district, log);
    say(`${district}: its rows hold all of it`);
    const path = join(folder, 'journal');
    const snapshot = await takeSnapshot(from.broker, stream.stream, path);
    const config = { ...(snapshot.config as object), max_msgs: -1, num_replicas: to.broker.replicas };
    given = true;
    await giveBack(to.broker, { ...snapshot, config }, path);
    const there = await findDistrictStream(to.broker, district);
    const { state } = await to.broker.manager.streams.info(streamOf(district));
    const same =
      there?.lastSequence === lastSequence &&
      (await journalDigest(to.broker, district, lastSequence)) ===
        (await journalDigest(from.broker, district, lastSequence));
    if (!same)
      throw new CannotMove(`the journal that came is not the one that was sent: it ends at ${there?.lastSequence}`);
    await sayDistrictAdded(to.broker, district);
    say(`${district}: ${state.messages} events are there; the rows are written from them`);
    const after = await rowsOf(to, district, log);
    return {
      district,
      events: state.messages,
      lastSequence,
      projections: after.positions.size,
      tables: after.content.length,
      rows: after.content.reduce((sum, { rows }) => sum + rows, 0),
      differences: [...differences(before.content, after.content), ...positionsApart(before, after)],
      notMoved: before.kept,
    };
  } catch (error) {
    if (given) await to.broker.manager.streams.delete(streamOf(district)).catch(() => false);
    await openJournalAgain(from.broker, district).catch((failure: Error) =>
      say(`${district}: could not be opened again: ${failure.message}`),
    );
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Rows {
  content: Awaited<ReturnType<typeof contentOf>>;
  positions: Map<string, number>;
  parked: number;
  kept: Record<string, number>;
}

function positionsApart(before: Rows, after: Rows): string[] {
  const apart = [...before.positions].flatMap(([name, position]) =>
    after.positions.get(name) === position
      ? []
      : [`${name} stands at ${after.positions.get(name)}, and was at ${position}`],
  );
  const more = after.parked - before.parked;
  return more > 0 ? [...apart, `${more} events more could not be written`] : apart;
}

/** Waits until the rows of a district hold the whole journal, writes what nobody else writes, and tells what they are. */
async function rowsOf({ broker, databaseUrl, open }: Place, district: string, log: Log): Promise<Rows> {
  const database = openDatabase(databaseUrl, { max: 6 });
  const leadership = openLeadership(databaseUrl, log);
  const appender = new Appender(broker);
  try {
    const parts = {
      ...{ database, broker, appender, log, now: () => new Date(), newId: randomUUID },
      metrics: createMetrics('move'),
    };
    const positions = new Map<string, number>();
    let parked = 0;
    for (const stage of rebuildStages(await allProjections(parts)))
      await Promise.all(
        stage.map(async (projection) => {
          positions.set(
            projection.name,
            await written(projection, district, { database, broker, log, leadership, open }),
          );
          parked += await countDeadLetters(broker, projection.name);
        }),
      );
    // Positions are compared by themselves: the broker's own names of places are in their rows.
    const content = (await contentOf(database, projected, district)).filter(
      ({ table }) => !table.endsWith('.positions'),
    );
    const kept = await contentOf(database, keptSchemas, district);
    return {
      content,
      positions,
      parked,
      kept: Object.fromEntries(kept.flatMap(({ table, rows }) => (rows > 0 ? [[table, rows]] : []))),
    };
  } finally {
    await leadership.stop();
    appender.close();
    await database.end();
  }
}

/** @returns where the projection stands: the last event that is its own */
async function written(
  projection: Projection,
  district: string,
  options: {
    database: Database;
    broker: Broker;
    log: Log;
    leadership: ReturnType<typeof openLeadership>;
    open: Open | undefined;
  },
): Promise<number> {
  const last = await lastMessage(options.broker, streamOf(district), projection.filter(district));
  if (!last) return 0;
  // Nothing is announced: whoever looks asks anew.
  const followed = await followDistricts({ ...projection, committed: undefined, restWhileMoreWaits: 0 }, options);
  try {
    if (!(await followed.reached(district, last.sequence, patienceMs)))
      throw new CannotMove(`${projection.name} did not come to sequence ${last.sequence}`);
    return await followed.position(district);
  } finally {
    await followed.stop();
  }
}
