import { addDays } from '#contracts/days.ts';
import { type Gateway, GatewayError } from '#platform/gateway.ts';
import { serviceOfKind } from './kinds.ts';
import type { TargetDistrict } from './plan-import.ts';

interface ListedDistrict {
  district: string;
  name: string;
  timeZone: string;
  clock: 'live' | 'recorded';
  lon: number;
  lat: number;
}

interface ListedAreas {
  features: { properties: { areaId: string; name: string; code: string | null; validFrom?: string } }[];
}

const listedDistrict = async (gateway: Gateway, district: string) =>
  (await gateway.get<ListedDistrict[]>('/api/districts')).find((listed) => listed.district === district);

/** IANA zone of a district, from the product itself; undefined when there is none of that name. */
export const districtTimeZone = async (gateway: Gateway, district: string): Promise<string | undefined> =>
  (await listedDistrict(gateway, district))?.timeZone;

/** What an import needs to know of a district, from the product itself; undefined when there is none of that name. */
export async function targetDistrict(gateway: Gateway, district: string): Promise<TargetDistrict | undefined> {
  const found = await listedDistrict(gateway, district);
  if (!found) return undefined;
  const areasOn = (onDay?: string) =>
    gateway
      .get<ListedAreas>(
        `/api/geography/areas?district=${district}&simplifyMetres=1000${onDay === undefined ? '' : `&onDay=${onDay}`}`,
      )
      .catch((error: unknown) => {
        if (error instanceof GatewayError && error.status === 404) return { features: [] };
        throw error;
      });
  const areas = await areasOn();
  const begins = [...new Set(areas.features.flatMap(({ properties: { validFrom } }) => validFrom ?? []))].sort();
  const until = begins.length > 1 ? begins.at(-1)! : undefined;
  const before = until === undefined ? [] : (await areasOn(addDays(until, -1))).features.map(knownArea);
  return {
    district,
    name: found.name,
    timeZone: found.timeZone,
    clock: found.clock,
    centre: { lon: found.lon, lat: found.lat },
    areas: areas.features.map(knownArea),
    ...(until === undefined ? {} : { before: { until, areas: before } }),
  };
}

const knownArea = ({ properties: { areaId, name, code } }: ListedAreas['features'][number]) => ({
  areaId,
  name,
  ...(code ? { code } : {}),
});

/** What is asked of what a file's source has said: `through` is the place in the journal that the answer has to know. */
export interface HeardQuestion {
  kind: string;
  district: string;
  /** Source attribute of the file's events. */
  source: string;
  through: number;
}

/** Ids of the events of a source, from the service itself that keeps the rows of the kind. None while it does not answer: then what is said again is sent again. */
export async function heardByService(
  gatewayOf: (service: string) => Gateway | undefined,
  { kind, district, source, through }: HeardQuestion,
): Promise<string[]> {
  const service = serviceOfKind(kind);
  const gateway = service === undefined ? undefined : gatewayOf(service);
  if (!gateway) return [];
  const query = new URLSearchParams({ district, source, through: String(through) });
  return unlessAway(gateway.get<string[]>(`/heard?${query}`));
}

/** The same, asked at the product's own door. */
export const heardAtTheDoor = (
  gateway: Gateway,
  { kind, district, source, through }: HeardQuestion,
): Promise<string[]> =>
  unlessAway(
    gateway.get<string[]>(
      `/api/imports/${kind}/said?${new URLSearchParams({ district, source, through: String(through) })}`,
    ),
  );

const unlessAway = (answer: Promise<string[]>): Promise<string[]> =>
  answer.catch((error: unknown) => {
    if (error instanceof GatewayError) return [];
    throw error;
  });
