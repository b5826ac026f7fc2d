import type { AccessTable } from './table.ts';

export const economyAccess: AccessTable = {};
