import { createHash } from 'node:crypto';
import { digestOf } from '../../services/chain/block.ts';
import { storedMessage } from '../../services/chain/stored-message.ts';
import type { Broker } from '../../services/platform/broker.ts';
import { streamOf } from '../../services/platform/journal.ts';
import { readOn } from '../../services/platform/read-stream.ts';

/** One hash of everything that a journal says through a sequence: sequences, subjects, times, headers, words (services/chain has the form of a message). */
export async function journalDigest(broker: Broker, district: string, through: number): Promise<string> {
  const hash = createHash('sha256');
  if (through === 0) return hash.digest('hex');
  for await (const message of readOn(broker, { stream: streamOf(district), after: 0, ahead: 2000 })) {
    hash.update(`${message.seq} `).update(digestOf(storedMessage(message)));
    if (message.seq >= through) break;
  }
  return hash.digest('hex');
}
