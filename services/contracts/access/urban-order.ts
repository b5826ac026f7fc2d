import type { AccessTable } from './table.ts';

export const urbanOrderAccess: AccessTable = {};
