import type { z } from '@hono/zod-openapi';
import type { areaRevised } from './events/geography/area-revised.ts';

type Revision = z.infer<typeof areaRevised.schema>;

/** What is known of an area from a day on, without its border. */
export type AreaStatement = Pick<
  Revision,
  'areaId' | 'parentId' | 'level' | 'name' | 'validFrom' | 'abolished' | 'successors'
>;

/** The areas of a district: of each what was said of it, by the first day from which that holds. */
export type AreaRegister = ReadonlyMap<string, readonly AreaStatement[]>;

/**
 * The register with one more statement. From its day on it holds until what was said of a later day; an end ends what was said of later days too. As the rows
 * of geography have it. Pure: the register given is left as it is.
 */
export function withArea(register: AreaRegister, said: AreaStatement): Map<string, readonly AreaStatement[]> {
  const next = new Map(register);
  next.set(said.areaId, statementsWith(register.get(said.areaId) ?? [], said));
  return next;
}

/** The statements of one area with another one of it, by their days. */
export function statementsWith(statements: readonly AreaStatement[], said: AreaStatement): AreaStatement[] {
  const stay = statements.filter(({ validFrom }) =>
    said.abolished ? validFrom < said.validFrom : validFrom !== said.validFrom,
  );
  return [...stay, said].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
}

/** What is known of an area on a day, YYYY-MM-DD: an area that has ended is `abolished`. Before its first day: undefined. */
export const areaOn = (register: AreaRegister, areaId: string, day: string): AreaStatement | undefined =>
  register.get(areaId)?.findLast(({ validFrom }) => validFrom <= day);

/** Areas that hold on a day. */
export const areasOn = (register: AreaRegister, day: string): AreaStatement[] =>
  [...register.keys()].flatMap((areaId) => {
    const area = areaOn(register, areaId, day);
    return area && !area.abolished ? [area] : [];
  });
