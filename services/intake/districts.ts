import type { Broker } from '#platform/broker.ts';
import { type DistrictStream, watchDistricts } from '#platform/journal.ts';
import type { DistrictRules } from './accept.ts';
import { type FollowedPlaces, followPlaces } from './known-places.ts';

const askAgainMs = 5000;
/** How long an event that names an unknown area waits for what stands in the journal already. */
const placesPatienceMs = 1000;

export interface KnownDistricts {
  rules: (district: string) => DistrictRules | undefined;
  /** Resolves when the areas that stand in the journals now are known. */
  placesRead: (districts: string[]) => Promise<void>;
  stop: () => void;
}

/**
 * The districts that there are now, kept in memory from the broker's announcements.
 *
 * @param zoneOf who knows the time zone of a district whose journal was opened without one (before 2026-11-29). Asked beside the events, every five seconds
 * until it answers: meanwhile the door judges without
 */
export async function knownDistricts(
  broker: Broker,
  zoneOf?: (district: string) => Promise<string | undefined>,
): Promise<KnownDistricts> {
  const streams = new Map<string, DistrictStream>();
  const places = new Map<string, FollowedPlaces>();
  const leave = (district: string) => {
    places.get(district)?.stop();
    places.delete(district);
  };
  const asked = new Map<string, number>();
  const askZone = (stream: DistrictStream) => {
    if (!zoneOf || Date.now() - (asked.get(stream.stream) ?? 0) < askAgainMs) return;
    asked.set(stream.stream, Date.now());
    void zoneOf(stream.district)
      .then((timeZone) => {
        if (timeZone) stream.timeZone = timeZone;
      })
      // It is asked again by a later event.
      .catch(() => {});
  };
  const unwatch = await watchDistricts(broker, {
    added: (stream) => {
      streams.set(stream.district, stream);
      leave(stream.district);
      places.set(stream.district, followPlaces(broker, stream));
    },
    removed: (district) => {
      streams.delete(district);
      leave(district);
    },
  });
  return {
    rules: (district) => {
      const stream = streams.get(district);
      if (stream && stream.timeZone === undefined) askZone(stream);
      return stream && { ...stream, places: places.get(district)?.places() };
    },
    placesRead: async (districts) => {
      await Promise.all(districts.map((district) => places.get(district)?.settled(placesPatienceMs)));
    },
    stop: () => {
      unwatch();
      for (const district of places.keys()) leave(district);
    },
  };
}
