import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamInfo } from '@nats-io/jetstream';
import type { Broker } from './broker.ts';
import { batchesSince, isAtLeast } from './broker-version.ts';
import { readOn } from './read-stream.ts';

/** How a district keeps time. live: the centre stamps what it hears. recorded: events bring the time at which they were known. */
export type DistrictClock = 'live' | 'recorded';

/** A district as the journal knows it: one stream. */
export interface DistrictStream {
  district: string;
  stream: string;
  clock: DistrictClock;
  exercise: boolean;
  /** IANA zone of its calendar; undefined: the journal was opened without one. */
  timeZone?: string;
  /** Creation time of the stream: a recreated district is another journal, whose sequences start again. */
  created: string;
  lastSequence: number;
}

const prefix = 'VX_';
export const streamOf = (district: string) => `${prefix}${district}`;
export const isDistrictStream = (stream: string): boolean => stream.startsWith(prefix);
/** Dead letters of all districts and projections. */
export const deadLetterStream = 'VXDEAD';

/** What the journal itself keeps of a district, so that the door needs no other service to judge an event. */
export type StreamSettings = Pick<DistrictStream, 'clock' | 'exercise' | 'timeZone'>;

function describe(info: StreamInfo): DistrictStream {
  const settings = JSON.parse(info.config.description ?? '{}') as Partial<StreamSettings>;
  return {
    district: info.config.name.slice(prefix.length),
    stream: info.config.name,
    clock: settings.clock ?? 'live',
    exercise: settings.exercise ?? false,
    ...(settings.timeZone ? { timeZone: settings.timeZone } : {}),
    created: info.created,
    lastSequence: info.state.last_seq,
  };
}

/** Creates the stream of a district, or returns the one there is. Throws when it exists with another clock or mark. */
export async function openDistrictStream(
  broker: Broker,
  district: string,
  { clock, exercise, timeZone }: StreamSettings,
): Promise<DistrictStream> {
  const existing = await findDistrictStream(broker, district);
  if (existing) {
    if (existing.clock !== clock || existing.exercise !== exercise)
      throw new Error(
        `district ${district} exists with clock=${existing.clock} exercise=${existing.exercise}; asked for clock=${clock} exercise=${exercise}`,
      );
    return existing;
  }
  const info = await broker.manager.streams.add({
    name: streamOf(district),
    subjects: [`vx.${district}.>`],
    storage: 'file',
    retention: 'limits',
    discard: 'new',
    // Two minutes catch a caller's retries; later repeats are caught by the rows' own keys (see README, Why).
    duplicate_window: 120_000_000_000,
    allow_direct: true,
    num_replicas: broker.replicas,
    ...(takesBatches(broker) ? { allow_atomic: true } : {}),
    description: JSON.stringify({ clock, exercise, timeZone }),
  });
  await tell(broker, `${addedSubject}.${district}`);
  return describe(info);
}

const takesBatches = ({ connection }: Broker) => isAtLeast(connection.info?.version ?? '0', batchesSince);

/**
 * Opens the districts' streams of an earlier version for atomic batches, where the broker takes them, and gives those that were made on one machine as many copies
 * as are asked for. Returns which it changed.
 */
export async function bringStreamsUp(broker: Broker): Promise<string[]> {
  const changed: string[] = [];
  for await (const { config } of broker.manager.streams.list()) {
    const isJournal = config.name.startsWith(prefix);
    if (!isJournal && config.name !== deadLetterStream) continue;
    const wanted = {
      ...(isJournal && takesBatches(broker) && !config.allow_atomic ? { allow_atomic: true } : {}),
      // Never fewer: whoever asks for one copy may only not have been told of the cluster.
      ...(config.num_replicas < broker.replicas ? { num_replicas: broker.replicas } : {}),
    };
    if (Object.keys(wanted).length === 0) continue;
    await broker.manager.streams.update(config.name, { ...config, ...wanted });
    changed.push(isJournal ? config.name.slice(prefix.length) : config.name);
  }
  return changed;
}

export async function findDistrictStream(broker: Broker, district: string): Promise<DistrictStream | undefined> {
  try {
    return describe(await broker.manager.streams.info(streamOf(district)));
  } catch (error) {
    if (/stream not found/i.test((error as Error).message)) return undefined;
    throw error;
  }
}

/** The newest message on the subjects of a filter, decoded; undefined when there is none. */
export async function lastMessage<Event>(
  broker: Broker,
  stream: string,
  filter: string,
): Promise<{ sequence: number; event: Event; storedAt: Date } | undefined> {
  try {
    const message = await broker.manager.streams.getMessage(stream, { last_by_subj: filter });
    return message ? { sequence: message.seq, event: message.json<Event>(), storedAt: message.time } : undefined;
  } catch (error) {
    if (/no message found/i.test((error as Error).message)) return undefined;
    throw error;
  }
}

/**
 * The sequence of the newest message on one subject; undefined when there is none. A service may ask it of its own subjects: a direct get names the subject,
 * so that the broker can tell whose it is.
 */
export async function newestSequence(broker: Broker, stream: string, subject: string): Promise<number | undefined> {
  return (await newestOn(broker, stream, subject))?.sequence;
}

/** A broker as far as it is asked of single subjects. */
export interface ReadsSubjects {
  manager: { direct: Pick<Broker['manager']['direct'], 'getMessage'> };
}

/** The newest message on one subject, asked in the same way; what is sealed in it stays so. */
export async function newestOn(
  broker: ReadsSubjects,
  stream: string,
  subject: string,
): Promise<{ sequence: number; type: string } | undefined> {
  const message = await broker.manager.direct.getMessage(stream, { last_by_subj: subject });
  return message ? { sequence: message.seq, type: message.json<{ type: string }>().type } : undefined;
}

/** What stands on one subject up to a sequence, in the order of the journal, each as its text. */
export async function readSubject(
  broker: Broker,
  stream: string,
  subject: string,
  through: number,
): Promise<{ sequence: number; subject: string; text: string }[]> {
  const found: { sequence: number; subject: string; text: string }[] = [];
  const last = await broker.manager.streams.getMessage(stream, { last_by_subj: subject }).catch((error: Error) => {
    if (/no message found/i.test(error.message)) return null;
    throw error;
  });
  if (!last) return found;
  for await (const message of readOn(broker, { stream, after: 0, filter: subject, ahead: 500 })) {
    if (message.seq > through) break;
    found.push({ sequence: message.seq, subject: message.subject, text: message.string() });
    if (message.seq >= last.seq) break;
  }
  return found;
}

export async function listDistrictStreams(broker: Broker): Promise<DistrictStream[]> {
  const found: DistrictStream[] = [];
  for await (const info of broker.manager.streams.list())
    if (info.config.name.startsWith(prefix)) found.push(describe(info));
  return found;
}

/**
 * Resolves when the journals can take something in.
 *
 * @throws Error when the broker does not say so within `patienceMs`: it is silent, or too few nodes of its cluster are there; and when nobody leads a journal
 */
export async function assertWritable(broker: Broker, patienceMs = 2000): Promise<void> {
  const read = async () => {
    for await (const { config, cluster } of broker.manager.streams.list())
      if (config.name.startsWith(prefix) && cluster && !cluster.leader)
        throw new Error(`no node of the cluster leads ${config.name}: nothing can be written to it`);
  };
  const late = sleep(patienceMs, undefined, { ref: false }).then(() => {
    throw new Error('the journal does not answer: nothing can be written');
  });
  await Promise.race([read(), late]);
}

/** Core NATS subjects on which the beginning and the end of a district are said. */
const addedSubject = 'vxa.district-added';
const removedSubject = 'vxa.district-removed';

/** The broker's own advisories of streams are lost now and then (2.9.10; of a deletion about every second one): we say it too. */
async function tell(broker: Broker, subject: string): Promise<void> {
  broker.connection.publish(subject);
  await broker.connection.flush();
}

/** Tells everybody on the broker that a district's journal is there that somebody else has put there. */
export const sayDistrictAdded = (broker: Broker, district: string): Promise<void> =>
  tell(broker, `${addedSubject}.${district}`);

/** Throws away a district's journal. Only an exercise, or recorded history, may go. */
export async function deleteDistrictStream(broker: Broker, district: string): Promise<void> {
  const stream = await findDistrictStream(broker, district);
  if (!stream) return;
  if (!stream.exercise && stream.clock === 'live')
    throw new Error(`district ${district} is real and live: its journal is never deleted`);
  await broker.manager.streams.delete(stream.stream);
  await tell(broker, `${removedSubject}.${district}`);
}

const retryMs = 1000;
const lookAgainMs = 15_000;

/**
 * Calls back for each district there is, and for each that comes or goes later. The broker itself announces streams
 * (JetStream advisories), and so do we; after a reconnection the list is read again, because advisories are not kept, and now and then anyway.
 */
export async function watchDistricts(
  broker: Broker,
  handlers: { added: (stream: DistrictStream) => void; removed: (district: string) => void },
): Promise<() => void> {
  const known = new Map<string, string>();
  const gone = new Set<string>();
  const look = async () => {
    const streams = (await listDistrictStreams(broker)).filter(
      ({ district, created }) => !gone.has(`${district} ${created}`),
    );
    for (const district of known.keys()) {
      const listed = streams.find((stream) => stream.district === district);
      // A list in pages may leave one out while others come and go. What is said to be gone takes its rows with it: so it is asked for by name.
      const now = listed ?? (await findDistrictStream(broker, district));
      if (now?.created === known.get(district)) continue;
      known.delete(district);
      handlers.removed(district);
    }
    for (const stream of streams) {
      if (known.has(stream.district)) continue;
      known.set(stream.district, stream.created);
      handlers.added(stream);
    }
  };
  let turn = Promise.resolve();
  let ended = false;
  let retry: NodeJS.Timeout | undefined;
  const again = () => {
    turn = turn.then(look).catch(() => {
      // A broker that was too busy to list its streams is asked again: nobody tells of the same district twice.
      clearTimeout(retry);
      if (!ended) retry = setTimeout(again, retryMs).unref();
    });
    return turn;
  };
  // The advisory of a deletion may come before the list knows of it: the name in its subject counts, and the list is not believed.
  const deleted = (district: string) => {
    turn = turn.then(() => {
      const created = known.get(district);
      if (created === undefined) return;
      known.delete(district);
      gone.add(`${district} ${created}`);
      handlers.removed(district);
    });
    void again();
  };
  const advisory = '$JS.EVENT.ADVISORY.STREAM';
  const subscriptions = [
    broker.connection.subscribe(`${advisory}.CREATED.*`, { callback: () => void again() }),
    broker.connection.subscribe(`${addedSubject}.*`, { callback: () => void again() }),
    broker.connection.subscribe(`${advisory}.DELETED.*`, {
      callback: (_error, message) => deleted(message.subject.slice(`${advisory}.DELETED.${prefix}`.length)),
    }),
    broker.connection.subscribe(`${removedSubject}.*`, {
      callback: (_error, message) => deleted(message.subject.slice(removedSubject.length + 1)),
    }),
  ];
  const forgetReconnect = broker.onReconnect(() => void again());
  // Words get lost, and a list that is read in pages while streams come and go may leave one out.
  const nowAndThen = setInterval(again, lookAgainMs).unref();
  await look();
  return () => {
    ended = true;
    clearTimeout(retry);
    clearInterval(nowAndThen);
    forgetReconnect();
    for (const subscription of subscriptions) subscription.unsubscribe();
  };
}
