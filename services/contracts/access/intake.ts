import type { AccessTable } from './table.ts';

export const intakeAccess: AccessTable = {};
