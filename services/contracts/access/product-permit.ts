import { programmeActor } from '../actor.ts';
import type { DataClass } from '../define-event.ts';
import { lacksPurpose, mayDo, reachOf, type Scope } from './may-do.ts';
import { nobody, type Principal, principal } from './principal.ts';

/** A principal as an app asks him: bound to a clock. */
export const callerOf = (who: Principal, now: () => number) => ({
  actor: who.actor,
  known: who.known,
  may: (action: string, dataClass: DataClass, scope: Scope) => mayDo(who, action, dataClass, scope, now()),
  lacksPurpose: (action: string, dataClass: DataClass, scope: Scope) =>
    lacksPurpose(who, action, dataClass, scope, now()),
  roles: [...new Set(who.grants.flatMap(({ role }) => (role === 'visitor' ? [] : [role])))],
  purpose: who.purpose,
  // Whoever looks may look at exercises: a visitor's districts are those.
  madeUp: (district: string) =>
    who.grants.some(({ role, districts }) => role === 'visitor' && districts !== 'all' && districts.includes(district)),
  reach: (action: string, dataClass: DataClass, district: string) => reachOf(who, action, dataClass, district, now()),
});

/** A programme of the product that proved itself by its secret. */
export const programmePrincipal = (name: string): Principal => ({
  actor: { ...programmeActor(name), authtype: 'service_account' },
  known: true,
  grants: [{ role: 'programme', districts: 'all', areas: 'all' }],
});

/**
 * The permission of a service of the product: who the front door vouches for, or the programme whose secret was sent; whoever asks the service itself with neither is
 * nobody.
 *
 * @param vouched text that the front door sealed into the request, undefined when there is none; throws when the seal is wrong
 */
export const productPermit =
  <Request>(vouched: (request: Request) => string | undefined, now: () => number = Date.now) =>
  (request: Request, sender: string | undefined) => {
    const text = vouched(request);
    if (text !== undefined) return callerOf(principal.parse(JSON.parse(text)), now);
    return callerOf(sender === undefined ? nobody : programmePrincipal(sender), now);
  };

/** The front door and the services, where they ask identity: as text for the seal. */
export const frontDoor: Principal = { known: true, grants: [{ role: 'gateway', districts: 'all', areas: 'all' }] };
