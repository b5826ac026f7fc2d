import { newestChains, readChainFile } from '../../services/chain/chain-file.ts';
import { hashesOf } from '../../services/chain/rows.ts';
import { type Verified, verifyJournal } from '../../services/chain/verify-journal.ts';
import type { Broker } from '../../services/platform/broker.ts';
import type { Reads } from '../../services/platform/database.ts';
import { listDistrictStreams } from '../../services/platform/journal.ts';

export interface VerifiedAll {
  journals: Verified[];
  /** Real journals that were sealed and are not there, in sentences. */
  gone: string[];
  /** What is no damage and should be known. */
  notes: string[];
}

/**
 * Every district's journal against its chain. Dead letters have none: each is a copy of an event that is in a journal, and lawfully removed when it was retried.
 *
 * @param database with its own copy of the hashes; undefined: it is not compared
 * @param openedAs when a journal was opened that was given back to another broker since, by its stream; left out: as the broker says
 */
export async function verifyAll(
  broker: Broker,
  folder: string,
  database: Reads | undefined,
  openedAs: ReadonlyMap<string, string> = new Map(),
): Promise<VerifiedAll> {
  const streams = (await listDistrictStreams(broker)).map((journal) => ({
    ...journal,
    created: openedAs.get(journal.stream) ?? journal.created,
  }));
  const chains = new Map<string, string>();
  const all: VerifiedAll = { journals: [], gone: [], notes: [] };
  for (const path of newestChains(folder)) {
    const reader = await readChainFile(path);
    await reader.lines.return(undefined);
    const { header } = reader;
    // Which journal a file is of is in its name too.
    const name = /([^/]+)@(\d+)\.\d+\.ndjson$/.exec(path)!;
    const journal = streams.find(
      ({ stream, created }) => stream === name[1] && Date.parse(created) === Number(name[2]),
    );
    if (journal) chains.set(journal.stream, path);
    else if (header?.disposable)
      all.notes.push(
        `${header.stream}, opened ${header.created}: sealed, and thrown away since (an exercise or recorded history)`,
      );
    else all.gone.push(`${name[1]}: DAMAGE the journal is gone${header ? ` (opened ${header.created})` : ''}`);
  }
  for (const journal of streams) {
    const { stream, created, district } = journal;
    const hashes = database && ((run: number) => hashesOf(database, { stream, created, run }));
    all.journals.push(await verifyJournal(broker, { stream, created, district }, chains.get(stream), hashes));
  }
  return all;
}
