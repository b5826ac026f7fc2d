import type { Broker } from '../../services/platform/broker.ts';
import { streamOf } from '../../services/platform/journal.ts';

/**
 * Closes a district's journal: it takes nothing more, and keeps all that it has. What is posted meanwhile is answered 503 ("send the same again"), so that no feed loses
 * anything. A journal discards what is new and not what is old (`discard: new`), so the limit of messages that is set takes none away.
 *
 * @returns its last sequence
 * @throws when the journal would discard old messages: somebody else has set it up
 */
export async function closeJournal(broker: Broker, district: string): Promise<number> {
  const { config, state } = await broker.manager.streams.info(streamOf(district));
  if (config.discard !== 'new') throw new Error(`${config.name} discards what is old: it is not closed by a limit`);
  await broker.manager.streams.update(config.name, { ...config, max_msgs: Math.max(1, state.messages) });
  return (await broker.manager.streams.info(config.name)).state.last_seq;
}

/** Opens it again: the move is undone. */
export async function openJournalAgain(broker: Broker, district: string): Promise<void> {
  const { config } = await broker.manager.streams.info(streamOf(district));
  await broker.manager.streams.update(config.name, { ...config, max_msgs: -1 });
}
