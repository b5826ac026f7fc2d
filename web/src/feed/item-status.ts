import type { LiveItem } from '@vungxanh/services/contracts/live.ts';

/** Status that an event type stands for, where the item itself brings none. */
const statusOfType: Record<string, string> = {
  'case-confirmed': 'active',
  'violation-reported': 'reported',
  'violation-verified': 'verified',
  'violation-dismissed': 'dismissed',
  'violation-minuted': 'minuted',
  'violation-suspended': 'suspended',
  'violation-decided': 'decided',
  'violation-remedied': 'remedied',
  'violation-closed': 'closed',
  'violation-merged': 'merged',
  'business-registered': 'open',
};

/** Violations go by the newest step; cases and businesses by the newest status said, which a correction does not take away. */
export function statusOf(item: LiveItem): string | undefined {
  const said = item.values.status;
  return typeof said === 'string' ? said : statusOfType[item.type];
}

/** Calendar day of an item's event: the stated one, or that of its time. */
export function dayOf(item: LiveItem): string {
  const stated = item.values.specimenDate ?? item.values.confirmedDate;
  return typeof stated === 'string' ? stated : item.time.slice(0, 10);
}
