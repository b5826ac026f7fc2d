import type { AccessTable } from './table.ts';

export const geographyAccess: AccessTable = {};
