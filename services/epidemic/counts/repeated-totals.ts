import { isFromFile } from '#contracts/import-kind.ts';

/** Where totals of files are kept that made no version. */
export const repeatedTotals = {
  table: 'epidemic.repeated_totals',
  isKept: (eventId: string): boolean => isFromFile({ source: eventId.slice(0, eventId.lastIndexOf(' ')) }),
};
