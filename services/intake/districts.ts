import type { Broker } from '#platform/broker.ts';
import { type DistrictStream, watchDistricts } from '#platform/journal.ts';
import type { DistrictRules } from './accept.ts';

/** The districts that there are now, kept in memory from the broker's announcements. */
export async function knownDistricts(
  broker: Broker,
): Promise<{ rules: (district: string) => DistrictRules | undefined; stop: () => void }> {
  const streams = new Map<string, DistrictStream>();
  const stop = await watchDistricts(broker, {
    added: (stream) => streams.set(stream.district, stream),
    removed: (district) => streams.delete(district),
  });
  return { rules: (district) => streams.get(district), stop };
}
