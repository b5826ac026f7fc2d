/** A level that was announced. Instants are RFC 3339. */
export interface Declaration {
  declarationId: string;
  areaId: string;
  level: number;
  policyId: string;
  takesEffectAt: string;
  declaredAt: string;
  reason: string;
  document: string | null;
  signedBy: string | null;
  exercise: boolean;
  sequence: number;
  /** Where it stands among what was said (district/statement-order.ts): the greater one was said later, in whatever order they were heard. */
  statedOrder: string;
  withdrawal: { at: string; reason: string } | null;
}

export type DeclarationState = 'scheduled' | 'in-force' | 'followed' | 'withdrawn';

/** Withdrawn before it was in force; what comes later changes nothing. */
export const isWithdrawn = ({
  withdrawal,
  takesEffectAt,
}: Pick<Declaration, 'withdrawal' | 'takesEffectAt'>): boolean =>
  withdrawal !== null && Date.parse(withdrawal.at) < Date.parse(takesEffectAt);

type Said = Pick<Declaration, 'statedOrder' | 'sequence'>;

/** The first was said before the second, in whatever order they were heard. */
export const saidBefore = (one: Said, other: Said): boolean =>
  one.statedOrder === other.statedOrder ? one.sequence < other.sequence : one.statedOrder < other.statedOrder;

/** Later in force, or of one instant said later. */
const laterFirst = (a: Declaration, b: Declaration) =>
  Date.parse(b.takesEffectAt) - Date.parse(a.takesEffectAt) || (saidBefore(a, b) ? 1 : -1);

/** What is in force of one area at an instant, and what is announced for later, the soonest first. */
export function levelAt(
  declarations: readonly Declaration[],
  instant: string,
): { inForce: Declaration | undefined; scheduled: Declaration[] } {
  const at = Date.parse(instant);
  const standing = declarations.filter((one) => !isWithdrawn(one)).toSorted(laterFirst);
  return {
    inForce: standing.find(({ takesEffectAt }) => Date.parse(takesEffectAt) <= at),
    scheduled: standing.filter(({ takesEffectAt }) => Date.parse(takesEffectAt) > at).toReversed(),
  };
}

/** What became of a declaration among those of its area. */
export function stateOf(declaration: Declaration, ofArea: readonly Declaration[], instant: string): DeclarationState {
  if (isWithdrawn(declaration)) return 'withdrawn';
  if (Date.parse(declaration.takesEffectAt) > Date.parse(instant)) return 'scheduled';
  return levelAt(ofArea, instant).inForce?.declarationId === declaration.declarationId ? 'in-force' : 'followed';
}
