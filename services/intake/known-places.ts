import { type AreaStatement, statementsWith } from '#contracts/area-register.ts';
import { areaRevised } from '#contracts/events/geography/area-revised.ts';
import { districtRegistered } from '#contracts/events/geography/district-registered.ts';
import type { KnownPlaces } from '#contracts/place-rules.ts';
import type { Position } from '#contracts/primitives.ts';
import type { Broker } from '#platform/broker.ts';
import { followStream } from '#platform/read-stream.ts';

/** The places of one district as its journal says them: the door asks neither geography nor PostgreSQL. */
export interface FollowedPlaces {
  /** Undefined until the journal was read. */
  places: () => KnownPlaces | undefined;
  /** Resolves when everything that stands in the journal now was read, or after the time. */
  settled: (patienceMs: number) => Promise<void>;
  stop: () => void;
}

/** Follows the registration and the areas of a district. Borders are not kept. */
export function followPlaces(
  broker: Broker,
  { district, stream }: { district: string; stream: string },
): FollowedPlaces {
  const areas = new Map<string, readonly AreaStatement[]>();
  const places: { centre?: Position; areas: typeof areas } = { areas };
  let isRead = false;
  const dataOf = (message: { json: <T>() => T }) => message.json<{ data?: unknown } | undefined>()?.data;
  const follow = (noun: string, take: (data: unknown) => void) =>
    followStream(broker, { stream, after: 0, filter: `vx.${district}.geography.${noun}.>`, ahead: 500 }, (message) => {
      try {
        take(dataOf(message));
      } catch {
        // A line that is no JSON is parked by geography; it says nothing of places.
      }
    });
  const following = [
    follow(areaRevised.noun, (data) => {
      const revision = areaRevised.schema.safeParse(data);
      if (!revision.success) return;
      const { areaId, parentId, level, name, validFrom, abolished, successors } = revision.data;
      const said = { areaId, parentId, level, name, validFrom, abolished, successors };
      areas.set(areaId, statementsWith(areas.get(areaId) ?? [], said));
    }),
    follow(districtRegistered.noun, (data) => {
      const registered = districtRegistered.schema.safeParse(data);
      if (registered.success) places.centre = registered.data.centre;
    }),
  ];
  const settled = async (patienceMs: number) => {
    const all = await Promise.all(following.map((one) => one.settled(patienceMs)));
    if (all.every(Boolean)) isRead = true;
  };
  void settled(60_000);
  return {
    places: () => (isRead ? places : undefined),
    settled,
    stop: () => {
      for (const one of following) one.stop();
    },
  };
}
