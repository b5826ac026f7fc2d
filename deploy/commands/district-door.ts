import { setTimeout as sleep } from 'node:timers/promises';
import { type Gateway, GatewayError, type Receipt } from '../../services/platform/gateway.ts';

export interface NewDistrict {
  districtId: string;
  name: string;
  timeZone: string;
  clock: 'live' | 'recorded';
  exercise: boolean;
  centre: { lon: number; lat: number };
  zoom?: number;
  source?: string;
}

/** Registers a district; false when it was there. */
export async function registerDistrict(gateway: Gateway, district: NewDistrict): Promise<boolean> {
  try {
    await gateway.post('/api/districts', district);
    return true;
  } catch (error) {
    if (error instanceof GatewayError && error.status === 409) return false;
    throw error;
  }
}

/** Sends events; when the door has not heard of a district that was registered a moment ago, again until it has. */
export async function sendPatiently(
  gateway: Gateway,
  events: object[],
  how: { dryRun?: boolean } = {},
): Promise<Receipt> {
  for (let attempt = 0; ; attempt++) {
    const receipt = await gateway.sendEvents(events, how);
    const unheard =
      events.length > 0 && receipt.accepted === 0 && receipt.rejected.every(({ field }) => field === 'district');
    if (!unheard || attempt >= 20) return receipt;
    await sleep(250);
  }
}
