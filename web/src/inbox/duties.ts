import { permissionOf } from '@vungxanh/services/contracts/access/permissions.ts';
import { personRoles } from '@vungxanh/services/contracts/access/roles.ts';

/** Duties of people that may do an action, by the table of permissions. Whose turn it is, nobody records. */
export const dutiesOf = (action: string): string[] =>
  personRoles.filter((role) => permissionOf(action)?.roles[role] !== undefined);
