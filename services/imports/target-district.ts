import { type Gateway, GatewayError } from '#platform/gateway.ts';
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
  features: { properties: { areaId: string; name: string; code: string | null } }[];
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
  const areas = await gateway
    .get<ListedAreas>(`/api/geography/areas?district=${district}&simplifyMetres=1000`)
    .catch((error: unknown) => {
      if (error instanceof GatewayError && error.status === 404) return { features: [] };
      throw error;
    });
  return {
    district,
    name: found.name,
    timeZone: found.timeZone,
    clock: found.clock,
    centre: { lon: found.lon, lat: found.lat },
    areas: areas.features.map(({ properties: { areaId, name, code } }) => ({
      areaId,
      name,
      ...(code ? { code } : {}),
    })),
  };
}
