import type { Broker } from '#platform/broker.ts';
import { type DistrictStream, watchDistricts } from '#platform/journal.ts';
import type { DistrictRules } from './accept.ts';

const askAgainMs = 5000;

/**
 * The districts that there are now, kept in memory from the broker's announcements.
 *
 * @param zoneOf who knows the time zone of a district whose journal was opened without one (before 2026-11-29). Asked beside the events, every five seconds
 * until it answers: meanwhile the door judges without
 */
export async function knownDistricts(
  broker: Broker,
  zoneOf?: (district: string) => Promise<string | undefined>,
): Promise<{ rules: (district: string) => DistrictRules | undefined; stop: () => void }> {
  const streams = new Map<string, DistrictStream>();
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
  const stop = await watchDistricts(broker, {
    added: (stream) => streams.set(stream.district, stream),
    removed: (district) => streams.delete(district),
  });
  return {
    rules: (district) => {
      const stream = streams.get(district);
      if (stream && stream.timeZone === undefined) askZone(stream);
      return stream;
    },
    stop,
  };
}
