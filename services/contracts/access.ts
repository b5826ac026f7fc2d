import { drillAccess } from './access/drill.ts';
import { economyAccess } from './access/economy.ts';
import { epidemicAccess } from './access/epidemic.ts';
import { geographyAccess } from './access/geography.ts';
import { intakeAccess } from './access/intake.ts';
import { liveAccess } from './access/live.ts';
import { mlAccess } from './access/ml.ts';
import type { AccessTable } from './access/table.ts';
import { urbanOrderAccess } from './access/urban-order.ts';

/**
 * The one table of every HTTP route: which service answers it, which action it is, and how closely it speaks of people.
 * Identity and permissions are switched on here; until then the product listens on loopback only. Events declare the same in the catalogue.
 */
export const access: Record<string, AccessTable> = {
  geography: geographyAccess,
  epidemic: epidemicAccess,
  'urban-order': urbanOrderAccess,
  economy: economyAccess,
  ml: mlAccess,
  intake: intakeAccess,
  live: liveAccess,
  drill: drillAccess,
};
