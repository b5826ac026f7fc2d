import { eventDefinitions } from '../../services/contracts/catalogue.ts';
import { services } from '../../services/services.ts';
import { type BrokerPermissions, brokerPermissions } from './broker-permissions.ts';

/** What each programme of the list may do at the broker; one that has nothing to do with it is not there. */
export function permissionsOfAll(): Record<string, BrokerPermissions> {
  const permissions: Record<string, BrokerPermissions> = {};
  for (const { name, readsJournals, objects } of services) {
    const own = brokerPermissions(name, eventDefinitions(), { ...(readsJournals && { readsJournals }), objects });
    if (own) permissions[name] = own;
  }
  return permissions;
}
