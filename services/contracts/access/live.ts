import type { AccessTable } from './table.ts';

export const liveAccess: AccessTable = {};
