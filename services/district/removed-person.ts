import type { ListedBirths } from './births.ts';
import type { Registers } from './registers.ts';

/**
 * What was said of an entity without some of its details: those that say who a person is, once he was removed. What files said of them is taken out as well. Pure.
 */
export function withoutDetails<Said extends { births?: unknown }>(
  said: Registers<Said>,
  hidden: readonly (keyof Said & string)[],
): Registers<Said> {
  const { births, ...rest } = said as Registers<{ births: ListedBirths<Record<string, unknown>> }> &
    Record<string, unknown>;
  const kept: Record<string, unknown> = { ...rest };
  for (const detail of hidden) delete kept[detail];
  if (births) {
    const clean = (one: Record<string, unknown> | undefined) =>
      one && Object.fromEntries(Object.entries(one).filter(([detail]) => !hidden.some((name) => name === detail)));
    kept.births = {
      ...births,
      value: Object.fromEntries(
        Object.entries(births.value).map(([source, own]) => [
          source,
          own.map(([order, one]) => (one ? [order, clean(one)] : [order])),
        ]),
      ),
    };
  }
  return kept as Registers<Said>;
}
