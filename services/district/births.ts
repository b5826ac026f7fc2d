import { type Registers, withStatement } from './registers.ts';
import { handedIn, newsOrder } from './statement-order.ts';

/**
 * What files said of an entity, each time that they told of it: by source, in their order (`birthOrder`, statement-order.ts). Of a birth that says the
 * same as the one before it in the list, the order alone is kept.
 */
export type ListedBirths<Said extends object> = { readonly [source: string]: readonly [order: string, said?: Said][] };

/** Registers of an entity that files tell of again and again: what they said is a register of its own, which is compared with what they say next. */
export type WithBirths<Said extends object> = Said & { births: ListedBirths<Partial<Said>> };

/** The registers after a birth that a file said. A birth that is among them already changes nothing; the same births in any order make the same. */
export function withListedBirth<Said extends object>(
  before: Registers<WithBirths<Said>>,
  source: string,
  order: string,
  said: Partial<Said>,
): Registers<WithBirths<Said>> {
  const listed: ListedBirths<Partial<Said>> = before.births?.value ?? {};
  const own = spelledOut(listed[source] ?? []);
  if (own.some((birth) => birth.order === order)) return before;
  const births = { ...listed, [source]: inShort([...own, { order, said }].sort(byOrder)) };
  const sorted = Object.fromEntries(Object.entries(births).sort(([one], [other]) => (one < other ? -1 : 1)));
  return { ...before, births: { order: '', value: sorted } } as Registers<WithBirths<Said>>;
}

export interface BirthRules<Said extends object> {
  /** Whether two values of a detail say the same; left out: they are the same as JSON. */
  same?: (detail: keyof Said, one: Said[keyof Said] | undefined, other: Said[keyof Said] | undefined) => boolean;
  /** What is new in a birth, as a statement of its own; `at`: when the file was handed in, RFC 3339; `whole`: all that it said. Left out: as it was said. */
  news?: (said: Partial<Said>, at: string, whole: Partial<Said>) => Partial<Said>;
}

/**
 * Of each detail what stands last, with what files said among it. A file that tells of an entity again (a list that is sent each day) is compared with
 * what its source said before, detail by detail: what is the same says nothing, so that a correction in between stays; what is another says something new
 * as of when it was handed in, and stands above what was said until then, also where it returns to an earlier value. What the first file says of an
 * entity is its birth, below every change. A source that is new is compared with the files of other names: lists are often named by their day.
 */
export function standing<Said extends object>(
  registers: Registers<WithBirths<Said>>,
  { same = sameJson, news = (said) => said }: BirthRules<Said> = {},
): Registers<Said> {
  const { births, ...others } = registers;
  let merged = others as Registers<Said>;
  if (!births) return merged;
  const all = Object.entries<readonly [string, Partial<Said>?][]>(births.value)
    .flatMap(([source, own]) => spelledOut(own).map((birth) => ({ source, ...birth })))
    .sort(byOrder);
  const bySource = new Map<string, Partial<Said>>();
  let byAny: Partial<Said> | undefined;
  for (const { source, order, said } of all) {
    if (byAny === undefined) merged = withStatement(merged, said, order);
    else {
      const before: Partial<Said> = { ...byAny, ...bySource.get(source) };
      const other: Partial<Said> = {};
      for (const detail in said) if (!same(detail, before[detail], said[detail])) other[detail] = said[detail];
      merged = withStatement(merged, news(other, handedIn(order), said), newsOrder(order));
    }
    bySource.set(source, { ...bySource.get(source), ...said });
    byAny = { ...byAny, ...said };
  }
  return merged;
}

interface Birth<Said> {
  order: string;
  said: Said;
}

const byOrder = (one: { order: string }, other: { order: string }) => (one.order < other.order ? -1 : 1);

const sameJson = (_detail: unknown, one: unknown, other: unknown): boolean =>
  one === other || (one !== undefined && JSON.stringify(one) === JSON.stringify(other));

const inShort = <Said>(own: readonly Birth<Said>[]): [string, Said?][] =>
  own.map(({ order, said }, index) =>
    index > 0 && sameJson(undefined, own[index - 1]!.said, said) ? [order] : [order, said],
  );

function spelledOut<Said>(own: readonly (readonly [string, Said?])[]): Birth<Said>[] {
  let last: Said | undefined;
  return own.map(([order, said = last]) => {
    last = said;
    return { order, said: said! };
  });
}
