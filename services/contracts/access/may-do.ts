import type { DataClass } from '../define-event.ts';
import { permissionOf } from './permissions.ts';
import type { Grant, Principal } from './principal.ts';
import { asksPurpose, roleIsAsked } from './purposes.ts';

const closeness: Record<DataClass, number> = { public: 0, aggregate: 1, person: 2 };

/** Of what something is done. */
export interface Scope {
  /** Left out: of no district in particular. */
  district?: string | undefined;
  /** Areas that it is of; left out or empty: of the district as a whole. */
  areas?: readonly string[] | undefined;
  /** It concerns every district. */
  everywhere?: boolean;
  /** It brings many things, and each is asked of its own area: some area is enough here. */
  areasInside?: boolean;
  /** Type of the event that would be said. */
  eventType?: string | undefined;
}

/**
 * Whether somebody may do something now. Pure; at most 50 µs (`npm run bench -- permission`).
 *
 * @param principal who, with his grants @param action a row of permissions.ts @param dataClass how closely what is done speaks of people
 * @param scope where @param now an instant, milliseconds since 1970
 */
export const mayDo = (principal: Principal, action: string, dataClass: DataClass, scope: Scope, now: number): boolean =>
  permissionOf(action)?.open === true ||
  ((scope.eventType === undefined || principal.eventTypes?.includes(scope.eventType) !== false) &&
    principal.grants.some(
      (grant) =>
        holds(grant, action, dataClass, now) &&
        purposeSaid(principal, grant, action, dataClass) &&
        coversDistrict(grant, scope) &&
        (grant.areas === 'all' ||
          scope.areasInside === true ||
          !areasCount(action, dataClass) ||
          coversAreas(grant.areas, scope.areas)),
    ));

/**
 * How far somebody may do something in a district: everywhere in it, in these areas, or not at all (undefined).
 */
export function reachOf(
  principal: Principal,
  action: string,
  dataClass: DataClass,
  district: string,
  now: number,
): 'all' | ReadonlySet<string> | undefined {
  const areas = new Set<string>();
  for (const grant of principal.grants) {
    if (!holds(grant, action, dataClass, now) || !coversDistrict(grant, { district })) continue;
    if (!purposeSaid(principal, grant, action, dataClass)) continue;
    if (grant.areas === 'all' || !areasCount(action, dataClass)) return 'all';
    for (const area of grant.areas) areas.add(area);
  }
  return areas.size > 0 ? areas : undefined;
}

/** Whether all that is missing is a purpose: with one he might. */
export const lacksPurpose = (
  principal: Principal,
  action: string,
  dataClass: DataClass,
  scope: Scope,
  now: number,
): boolean =>
  principal.purpose === null &&
  asksPurpose(action, dataClass) &&
  !mayDo(principal, action, dataClass, scope, now) &&
  mayDo({ ...principal, purpose: 'reporting' }, action, dataClass, scope, now);

/** Rows of persons are for those who said for what, where their role is asked. */
const purposeSaid = (principal: Principal, { role }: Grant, action: string, dataClass: DataClass): boolean =>
  principal.purpose !== null || !roleIsAsked(role) || !asksPurpose(action, dataClass);

/** The role has the action for the data class, and the grant is in force. */
function holds(grant: Grant, action: string, dataClass: DataClass, now: number): boolean {
  if (grant.from !== undefined && now < Date.parse(grant.from)) return false;
  if (grant.until !== undefined && now >= Date.parse(grant.until)) return false;
  if (grant.role === 'operator') return true;
  const most = permissionOf(action)?.roles[grant.role];
  return most !== undefined && closeness[dataClass] <= closeness[most];
}

function coversDistrict({ districts }: Grant, { district, everywhere }: Scope): boolean {
  if (districts === 'all') return true;
  if (everywhere) return false;
  return district === undefined || districts.includes(district);
}

/** Public data and counts of a district are read whole; rows of persons, and changes, are of areas. */
const areasCount = (action: string, dataClass: DataClass) =>
  dataClass === 'person' || permissionOf(action)?.reads !== true;

const coversAreas = (held: readonly string[], asked: readonly string[] = []) =>
  asked.length > 0 && asked.every((area) => held.includes(area));
