/**
 * What was said of an entity: of each detail the statement that stands last (statement-order.ts), as last-writer-wins registers. What nobody said is
 * not there. The same statements make the same registers in whatever order, and however often, they are heard.
 */
export type Registers<Said extends object> = { readonly [Detail in keyof Said]?: Register<Said[Detail]> };

export interface Register<Value> {
  order: string;
  value: Value;
}

/** The registers after a statement. A detail that is undefined or null was not said, and stays. `order`: one for all details, or one for each. */
export function withStatement<Said extends object>(
  before: Registers<Said>,
  said: Partial<Said>,
  order: string | ((detail: keyof Said) => string),
): Registers<Said> {
  const after: { [Detail in keyof Said]?: Register<Said[Detail]> } = { ...before };
  for (const detail in said) {
    const value = said[detail];
    if (value === undefined || value === null) continue;
    const own = typeof order === 'string' ? order : order(detail);
    const known = before[detail];
    if (known === undefined || own > known.order) after[detail] = { order: own, value };
  }
  return after;
}

/** As a row keeps them: the details of one order together, in an order of their own. */
export function writeRegisters<Said extends object>(registers: Registers<Said>): string {
  const byOrder = new Map<string, Record<string, unknown>>();
  for (const detail of Object.keys(registers).sort() as (keyof Said & string)[]) {
    const { order, value } = registers[detail]!;
    byOrder.set(order, { ...byOrder.get(order), [detail]: value });
  }
  return JSON.stringify([...byOrder].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function readRegisters<Said extends object>(written: string): Registers<Said> {
  const registers: Record<string, Register<unknown>> = {};
  for (const [order, details] of JSON.parse(written) as [string, Record<string, unknown>][])
    for (const [detail, value] of Object.entries(details)) registers[detail] = { order, value };
  return registers as Registers<Said>;
}
