import type { LiveItem } from '@vungxanh/services/contracts/live.ts';

/** Calendar day of an item's event: the stated one, or that of its time. */
export const dayOf = (item: LiveItem): string => item.day ?? item.time.slice(0, 10);
