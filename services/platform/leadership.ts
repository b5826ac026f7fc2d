import pg from 'pg';
import type { Log } from './log.ts';
import { Pauses } from './pauses.ts';

/** Something that runs while this process leads its work. */
export interface Led {
  stop: () => Promise<void>;
}

/** Which of several copies of a service does a work. */
export interface Leadership {
  /**
   * Does a work whenever this process leads it.
   *
   * @param work its name, the same in every copy
   * @param begin is called each time the lead is gained; what it returns is stopped when the lead is lost
   * @returns how to give it up for good
   */
  lead: (work: string, begin: () => Led) => Led;
  /** Stops and gives up all. */
  stop: () => Promise<void>;
}

/** Between two tries for the lead of what another copy leads, milliseconds. */
const tryAgainMs = 250;
/** Locks of other uses have other names before this one. */
const keySql = `hashtextextended('leads ' || work, 0)`;

interface Work {
  begin: () => Led;
  running?: Led | undefined;
  /** The end of its last run: it is begun again after it. */
  ended: Promise<void>;
}

/**
 * The lead of a work is an advisory lock of one session in PostgreSQL: it falls with the session, so that a copy that dies is followed by another one within the
 * second. A copy that was cut off may go on for a moment without knowing: what it writes has to be fenced, as a projection's position is, which is compared in the
 * transaction that moves it.
 *
 * @param url of the database that all copies share
 */
export function openLeadership(url: string, log: Log): Leadership {
  const works = new Map<string, Work>();
  const pauses = new Pauses();
  let client: pg.Client | undefined;
  let stopped = false;
  let wake = () => {};

  const end = (work: Work): Promise<void> => {
    const { running } = work;
    if (!running) return work.ended;
    work.running = undefined;
    work.ended = running.stop().catch((error) => log.error({ err: error }, 'a work did not end cleanly'));
    return work.ended;
  };
  const lost = (of: pg.Client) => {
    if (client !== of) return;
    client = undefined;
    if (stopped) return;
    log.warn({ works: [...works.keys()] }, 'the lead is lost with the connection to the database');
    for (const work of works.values()) void end(work);
    wake();
  };
  const connect = async () => {
    const opened = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'leads' });
    opened.on('error', () => lost(opened));
    opened.on('end', () => lost(opened));
    await opened.connect();
    client = opened;
    return opened;
  };
  const tryAll = async () => {
    const wanted = [...works].flatMap(([name, { running }]) => (running ? [] : [name]));
    if (wanted.length === 0) return;
    const session = client ?? (await connect());
    const { rows } = await session.query<{ work: string; gained: boolean }>(
      `SELECT work, pg_try_advisory_lock(${keySql}) AS gained FROM unnest($1::text[]) AS work`,
      [wanted],
    );
    for (const { work: name, gained } of rows) {
      const work = works.get(name);
      if (!gained) continue;
      // Given up, or lost, while it was being gained.
      if (!work || stopped)
        await session.query(`SELECT pg_advisory_unlock(${keySql}) FROM (SELECT $1::text AS work) AS one`, [name]);
      else if (client === session) {
        await work.ended;
        if (client !== session || stopped || works.get(name) !== work) continue;
        work.running = work.begin();
        log.debug({ work: name }, 'leads');
      }
    }
  };
  const loop = (async () => {
    while (!stopped) {
      await tryAll().catch((error: Error) => log.warn({ reason: error.message }, 'the lead could not be asked for'));
      const waits = [...works.values()].some(({ running }) => !running);
      await Promise.race([
        new Promise<void>((resolve) => {
          wake = resolve;
        }),
        ...(waits ? [pauses.pause(tryAgainMs)] : []),
      ]);
    }
  })();

  return {
    lead: (name, begin) => {
      if (works.has(name)) throw new Error(`${name} is led already`);
      const work: Work = { begin, ended: Promise.resolve() };
      works.set(name, work);
      wake();
      return {
        stop: async () => {
          works.delete(name);
          const wasLed = work.running !== undefined;
          await end(work);
          if (wasLed)
            await client
              ?.query(`SELECT pg_advisory_unlock(${keySql}) FROM (SELECT $1::text AS work) AS one`, [name])
              .catch(() => {});
        },
      };
    },
    stop: async () => {
      stopped = true;
      pauses.stop();
      wake();
      await loop;
      await Promise.all([...works.values()].map(end));
      await client?.end().catch(() => {});
    },
  };
}
