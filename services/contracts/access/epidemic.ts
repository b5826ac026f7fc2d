import type { AccessTable } from './table.ts';

export const epidemicAccess: AccessTable = {};
