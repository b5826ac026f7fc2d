/** The lawful steps of an entity, as data. */
export interface StepTable<Status extends string = string, Step extends string = string> {
  /** From each status the steps that are lawful; the first is the one that is waited for. A status without any is an end. In the order of a life. */
  lawful: Readonly<Record<Status, readonly Step[]>>;
  /** Status after each step, and the type of the event that says it. */
  steps: Readonly<Record<Step, { to: Status; type: string }>>;
}

/** The step that an event of this type takes; undefined when it takes none. */
export function stepOfType<Status extends string, Step extends string>(
  { steps }: StepTable<Status, Step>,
  type: string,
): Step | undefined {
  for (const step in steps) if (steps[step].type === type) return step;
  return undefined;
}

/** Somebody still has something to do. */
export const isOpen = <Status extends string>({ lawful }: Pick<StepTable<Status>, 'lawful'>, status: Status): boolean =>
  lawful[status].length > 0;

/**
 * Why a step was out of order, in words for the record; null when it was lawful. `lawful`: the steps that were, which may be others than the table
 * says when the entity's own data decide.
 */
export function outOfOrder<Status extends string, Step extends string>(
  { steps }: StepTable<Status, Step>,
  step: Step,
  from: Status,
  lawful: readonly Step[],
): string | null {
  if (lawful.includes(step)) return null;
  const allowed = lawful.map((one) => steps[one].to).join(', ') || 'nothing';
  return `${steps[step].to} after ${from}; lawful: ${allowed}`;
}

/**
 * Whether a status is ahead of another that is not an end. Events of other doors are never refused: a step that was not lawful and leads ahead says
 * that the world has moved on, one that leads behind does not take it back.
 */
export function isAhead<Status extends string>(
  { lawful }: Pick<StepTable<Status>, 'lawful'>,
  to: Status,
  from: Status,
): boolean {
  const order = Object.keys(lawful);
  return lawful[from].length > 0 && order.indexOf(to) > order.indexOf(from);
}

/** A step is the one that was taken, told another time: it leads to the status that is, at the moment since which it is. Both RFC 3339. */
export const isSaidAgain = (
  known: { status: string; statusSince: string },
  told: { status: string; occurredAt: string },
): boolean => known.status === told.status && Date.parse(known.statusSince) === Date.parse(told.occurredAt);

/** Place of the status that an event leads to in the order of a life, two digits: of steps of one moment the earlier one was taken first. */
export function placeInLife<Status extends string, Step extends string>(
  table: StepTable<Status, Step>,
  type: string,
): string {
  const step = stepOfType(table, type);
  const place = step === undefined ? 0 : Object.keys(table.lawful).indexOf(table.steps[step].to);
  return String(place).padStart(2, '0');
}
