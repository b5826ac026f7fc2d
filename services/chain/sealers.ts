import type { Words } from '#contracts/words.ts';
import { type DistrictStream, listDistrictStreams, watchDistricts } from '#platform/journal.ts';
import { newestChains, readChainFile, removeChain } from './chain-file.ts';
import { type Damage, wordsOfDamage } from './damage.ts';
import { type Sealer, type SealerParts, type SealerState, sealJournal } from './sealer.ts';

/** The sealers of all journals, those that come later too. */
export interface Sealers {
  states: () => SealerState[];
  /** What is wrong, in sentences with the stream's name. */
  damage: () => Words[];
  /** Resolves when every journal that was there was compared with its chain, or after the time. */
  checked: (patienceMs: number) => Promise<boolean>;
  stop: () => Promise<void>;
}

/**
 * Seals every district's journal. The chain of a journal that was thrown away goes with it, if it was an exercise or recorded history; a real one that is gone is
 * damage.
 */
export async function sealJournals(parts: SealerParts): Promise<Sealers> {
  const sealers = new Map<string, Sealer>();
  const leaving = new Set<Promise<void>>();
  const gone = await journalsGone(parts);
  let stopped = false;
  const unwatch = await watchDistricts(parts.broker, {
    added: (journal: DistrictStream) => {
      if (!stopped) sealers.set(journal.district, sealJournal(journal, parts));
    },
    removed: (district) => {
      const sealer = sealers.get(district);
      sealers.delete(district);
      if (!sealer) return;
      // Only an exercise or recorded history can be thrown away (deleteDistrictStream).
      const left = sealer.stop().then(() => removeChain(parts.folder, sealer.state()));
      leaving.add(left);
      void left.finally(() => leaving.delete(left));
    },
  });
  const states = () => [...sealers.values()].map((sealer) => sealer.state());
  return {
    states,
    damage: () => [
      ...gone,
      ...states().flatMap(({ stream, damage }) => (damage ? [ofStream(stream, wordsOfDamage(damage))] : [])),
    ],
    checked: async (patienceMs) => {
      const deadline = performance.now() + patienceMs;
      while (states().some(({ checked }) => !checked)) {
        if (performance.now() > deadline) return false;
        await new Promise((done) => setTimeout(done, 20));
      }
      return true;
    },
    stop: async () => {
      stopped = true;
      unwatch();
      await Promise.all([...leaving, ...[...sealers.values()].map((sealer) => sealer.stop())]);
    },
  };
}

/** Real journals that have a chain and are gone. Chains of others that went while this was away are taken away. */
const ofStream = (stream: string, { vi, en }: Words): Words => ({ vi: `${stream}: ${vi}`, en: `${stream}: ${en}` });

async function journalsGone({ broker, folder, log }: SealerParts): Promise<Words[]> {
  const there = await listDistrictStreams(broker);
  const gone: Words[] = [];
  for (const path of newestChains(folder)) {
    const reader = await readChainFile(path);
    await reader.lines.return(undefined);
    const { header } = reader;
    if (!header || there.some(({ stream, created }) => stream === header.stream && created === header.created))
      continue;
    if (header.disposable) removeChain(folder, header);
    else {
      const damage: Damage = { kind: 'gone' };
      const { vi, en } = wordsOfDamage(damage);
      const { stream, created } = header;
      gone.push(ofStream(stream, { vi: `${vi} (mở ${created})`, en: `${en} (opened ${created})` }));
      log.error({ stream: header.stream, created: header.created, damage }, 'a real journal is gone');
    }
  }
  return gone;
}
