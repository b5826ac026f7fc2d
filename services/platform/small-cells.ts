import type { Context } from 'hono';
import { assertMay, type Caller, type PermittedRoute, valuesAt } from './permission.ts';
import { Problem } from './problem.ts';

/** To whom counts of persons are told exactly, and in which districts that matters; the policy is the product's (contracts/access/small-cells.ts). */
export interface SmallCells {
  /** Who may do this with data class `person` in an area is told its exact counts. */
  exactAction: string;
  /** Whether counts of persons are protected in a district; false: everybody is told the exact ones. */
  holdsIn: (district: string) => Promise<boolean>;
}

/** Areas of a district whose exact counts somebody may be told: all, these and no others. */
export type ExactAreas = 'all' | ReadonlySet<string>;

const none: ReadonlySet<string> = new Set();

/**
 * Of which areas of a district a caller may be told exact counts of persons.
 *
 * @param smallCells left out: the service counts no persons, or a test asks who is no person
 */
export async function exactAreasOf(
  caller: Pick<Caller, 'reach'>,
  smallCells: SmallCells | undefined,
  district: string,
): Promise<ExactAreas> {
  if (!smallCells) return 'all';
  const reach = caller.reach(smallCells.exactAction, 'person', district);
  if (reach === 'all' || !(await smallCells.holdsIn(district))) return 'all';
  return reach ?? none;
}

/** The same of who asks a handler. */
export const exactAreas = ({ var: { caller, smallCells } }: Context, district: string): Promise<ExactAreas> =>
  exactAreasOf(caller, smallCells, district);

/** For handlers that alone can tell the district. Throws a 403 Problem for who may be told only protected counts. */
export async function assertExactIn(context: Context, district: string): Promise<void> {
  if ((await exactAreas(context, district)) !== 'all') refuse(context, district);
}

/** For handlers that tell each caller of his own areas. Throws a 403 Problem for who has none. */
export async function ownExactAreas(context: Context, district: string): Promise<ExactAreas> {
  const exact = await exactAreas(context, district);
  if (exact !== 'all' && exact.size === 0) refuse(context, district);
  return exact;
}

function refuse(context: Context, district: string): never {
  const { caller, smallCells } = context.var;
  const exact = { action: smallCells!.exactAction, dataClass: 'person' } as const;
  // All that is missing is for what: that is asked for, by the same words as for rows.
  if (caller.lacksPurpose?.(exact.action, exact.dataClass, { district })) assertMay(caller, exact, { district });
  throw new Problem(403, 'Not permitted', {
    detail:
      'These numbers are made of single persons’ rows, and tell of so few that persons could be known by them. Your role is told the counts that were released.',
    vietnamese: {
      title: 'Không được phép',
      detail:
        'Số này tính từ danh sách từng người, có thể lộ người khi số quá nhỏ. Vai trò của bạn được xem số đã công bố.',
    },
    extensions: { reason: 'small-cells', district },
  });
}

/** What a row of an access table tells somebody who may see no rows of persons; a row of counts that does not say so tells him nothing. */
const isForRowsOnly = ({ dataClass, protection }: PermittedRoute): boolean =>
  dataClass === 'aggregate' && (protection === undefined || protection === 'rows-only');

/** Asks for a request, before its handler runs, whether the caller may be told exact counts, where the route has no others: of the area that it is of, or of the whole district. */
export async function assertExactWhereNeeded(context: Context, route: PermittedRoute, pattern: string): Promise<void> {
  const place = route.district ?? 'query.district';
  if (!isForRowsOnly(route) || ['none', 'inside', 'all'].includes(place)) return;
  const areas = route.area === undefined ? [] : await valuesAt(context, pattern, route.area);
  for (const district of await valuesAt(context, pattern, place)) {
    const exact = await exactAreas(context, district);
    const isOwn = exact !== 'all' && areas.length > 0 && areas.every((area) => exact.has(area));
    if (exact !== 'all' && !isOwn) refuse(context, district);
  }
}
