import { programmeActor } from '#contracts/actor.ts';
import type { EventType } from '#contracts/catalogue.ts';
import { attributedEvent, type NewEvent } from '#contracts/new-event.ts';
import type { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { openDistrictStream, streamOf } from '#platform/journal.ts';
import type { DistrictPack } from '../district7/pack-types.ts';
import { type PackDays, type PackPlacement, packEvents } from './pack-events.ts';

export interface Registered {
  district: string;
  /** Events that the journal did not have. */
  appended: number;
  /** Newest journal sequence of what was appended; 0 when there was nothing to do. */
  sequence: number;
}

/**
 * Opens the district's journal and says what the pack stands for. Subjects that the journal has already are left alone: a second start says
 * nothing, a start that was cut off is completed, and borders that people have revised since stay revised.
 *
 * @throws Error when the district exists with another clock or mark, or the journal does not acknowledge
 */
export async function registerPack(
  appender: Appender,
  broker: Broker,
  pack: DistrictPack,
  placement: PackPlacement,
  days?: PackDays,
): Promise<Registered> {
  const district = placement.district ?? pack.district.id;
  const { timeZone } = pack.district;
  await openDistrictStream(broker, district, { ...placement, timeZone });
  const info = await broker.manager.streams.info(streamOf(district), {
    subjects_filter: `vx.${district}.geography.>`,
  });
  const inJournal = info.state.subjects ?? {};
  const events = packEvents(pack, placement, days);
  // All of a pack comes from its registration.
  const attribution = { actor: programmeActor('geography'), correlationId: events[0]!.id };
  const bySubject = Map.groupBy(
    events.map((event) => attributedEvent(event as NewEvent<EventType>, attribution).message),
    (message) => message.subject,
  );
  const missing = [...bySubject]
    .filter(([subject, messages]) => (inJournal[subject] ?? 0) < messages.length)
    .flatMap(([, messages]) => messages);
  // The registration first and alone: it is always the first event of its stream.
  const first = missing.slice(0, 1);
  const results = [...(await appender.appendAll(first)), ...(await appender.appendAll(missing.slice(1)))];
  const refused = results.find((result) => !result.ok);
  if (refused && !refused.ok) throw new Error(`place pack of ${district}: ${refused.reason}, ${refused.detail}`);
  const sequences = results.map((result) => (result.ok ? result.sequence : 0));
  return { district, appended: missing.length, sequence: Math.max(0, ...sequences) };
}
