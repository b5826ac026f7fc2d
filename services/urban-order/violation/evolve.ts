import { isFromFile } from '#contracts/import-kind.ts';
import { placeAfter } from '../../lifecycle/place.ts';
import { isAhead, isSaidAgain, outOfOrder, stepOfType } from '../../lifecycle/steps.ts';
import { decisionProblem } from '../register/authority.ts';
import type { SiteData, StepEvent, ViolationEvent } from './events.ts';
import { dueOf, nextSteps } from './legal-clock.ts';
import type { Violation } from './state.ts';
import { isOpen, stepTable, transitions } from './transitions.ts';

/** What a step needs to know of other violations: a merge must end somewhere else. */
export type FindViolation = (violationId: string) => Violation | undefined;

export interface Evolved {
  violation: Violation;
  /** Why this event was out of order, or null when it was lawful. */
  irregular: string | null;
}

/**
 * The state after an event. Events come from many doors, and no order is refused here: what is out of order is kept, with the reason.
 * A step ahead of the lawful one moves the status there; a step behind, or after the end, leaves the status and fills in what it knows.
 */
export function evolve(before: Violation | undefined, event: ViolationEvent, find: FindViolation): Evolved {
  if (event.type === 'violation-reported') return { violation: report(before, event), irregular: null };
  const started = before ?? unreported(event.data.violationId, event.data.occurredAt);
  // A file that is sent again each day says the same step again.
  if (isSaidAgain(started, { status: statusAfter(event), occurredAt: event.data.occurredAt }))
    return { violation: fill(started, event), irregular: null };
  const irregular = irregularity(started, event, find);
  const filled = fill(started, event);
  const moved = irregular && !movesAnyway(started, event, find) ? filled : move(filled, event);
  return {
    violation: { ...moved, irregular: irregular ? [...moved.irregular, irregular] : moved.irregular },
    irregular,
  };
}

/** A first report, or a later one that corrects what it says of kind, place or time; the rest and the steps taken stay. */
function report(before: Violation | undefined, event: Extract<ViolationEvent, { type: 'violation-reported' }>) {
  const { data } = event;
  const known = before ?? unreported(data.violationId, data.occurredAt);
  // A row without a kind, or with words that no list has, is read as "other": it says no kind.
  const saysKind = data.kind !== 'other' || !isFromFile(event);
  const violation: Violation = {
    ...known,
    reported: true,
    kind: saysKind ? data.kind : known.kind,
    sourceKind: data.sourceKind ?? known.sourceKind,
    occurredAt: data.occurredAt,
    receivedAt: earliest(known.receivedAt, event.recordedtime),
    ...siteAfter(known, data),
    ...placeAfter(known.reported ? known : undefined, data),
    address: data.address ?? known.address,
    description: data.description ?? known.description,
    reporter: data.reporter ?? known.reporter,
    reference: data.reference ?? known.reference,
  };
  if (violation.status === 'reported') violation.statusSince = data.occurredAt;
  return { ...violation, due: dueOf(violation, decidedDay(violation)) };
}

/** Who sends a report again was told no earlier: the first time counts. */
const earliest = (known: string | null, told: string): string =>
  known !== null && Date.parse(known) <= Date.parse(told) ? known : told;

/** What is known of the site: the newest word on each. */
const siteAfter = (
  { works, building, partyKind }: Pick<Violation, 'works' | 'building' | 'partyKind'>,
  data: SiteData,
): Pick<Violation, 'works' | 'building' | 'partyKind'> => ({
  works: data.works ?? works,
  building: data.building ?? building,
  partyKind: data.partyKind ?? partyKind,
});

const unreported = (violationId: string, occurredAt: string): Violation => ({
  violationId,
  reported: false,
  kind: 'other',
  sourceKind: null,
  status: 'reported',
  statusSince: occurredAt,
  occurredAt,
  receivedAt: null,
  location: null,
  statedAreaId: null,
  address: null,
  description: null,
  reporter: null,
  reference: null,
  works: null,
  building: null,
  partyKind: null,
  minutedAt: null,
  procedure: null,
  minutesNumber: null,
  decisionNumber: null,
  authority: null,
  fineVnd: null,
  mergedInto: null,
  irregular: [],
  due: null,
});

const decidedDay = (violation: Violation) => (violation.due?.rule === 'decision' ? violation.due.on : null);
const stepOf = (event: StepEvent) => stepOfType(stepTable, event.type)!;
const statusAfter = (event: StepEvent) => transitions[stepOf(event)].to;

function irregularity(violation: Violation, event: StepEvent, find: FindViolation): string | null {
  if (event.type === 'violation-merged') {
    const reason = mergeProblem(violation.violationId, event.data.intoViolationId, find);
    if (reason) return reason;
  }
  if (!violation.reported && violation.status === 'reported') return `${statusAfter(event)} before any report`;
  const order = outOfOrder(stepTable, stepOf(event), violation.status, nextSteps(violation));
  if (order !== null || event.type !== 'violation-decided') return order;
  const problem = decisionProblem(violation, event.data);
  return problem ? `${problem.field}: ${problem.words.en}` : null;
}

/** Why a violation cannot be merged into another, or null. Merged rows leave the counts, so the target must exist and must not lead back. */
export function mergeProblem(violationId: string, intoViolationId: string, find: FindViolation): string | null {
  if (intoViolationId === violationId) return 'merged into itself';
  const seen = new Set([violationId]);
  for (let next: string | null = intoViolationId; next; ) {
    if (seen.has(next)) return `merged into ${intoViolationId}, which leads back to it`;
    seen.add(next);
    const target = find(next);
    if (!target?.reported) return `merged into ${next}, which is not known`;
    next = target.mergedInto;
  }
  return null;
}

/** Ahead in the order of steps, or an end: then the world has moved on, lawfully or not. */
function movesAnyway(violation: Violation, event: StepEvent, find: FindViolation): boolean {
  if (!isOpen(violation.status)) return false;
  if (event.type === 'violation-merged')
    return mergeProblem(violation.violationId, event.data.intoViolationId, find) === null;
  return isAhead(stepTable, statusAfter(event), violation.status);
}

function fill(violation: Violation, event: StepEvent): Violation {
  if (event.type === 'violation-verified') return { ...violation, ...siteAfter(violation, event.data) };
  if (event.type === 'violation-minuted')
    return {
      ...violation,
      ...siteAfter(violation, event.data),
      minutesNumber: event.data.minutesNumber ?? violation.minutesNumber,
      minutedAt: violation.minutedAt ?? event.data.occurredAt,
      procedure: event.data.procedure ?? violation.procedure,
    };
  if (event.type !== 'violation-decided') return violation;
  const { decisionNumber, authority, fineVnd } = event.data;
  return {
    ...violation,
    decisionNumber: decisionNumber ?? violation.decisionNumber,
    authority: authority ?? violation.authority,
    fineVnd: fineVnd ?? violation.fineVnd,
  };
}

function move(violation: Violation, event: StepEvent): Violation {
  const moved: Violation = {
    ...violation,
    status: statusAfter(event),
    statusSince: event.data.occurredAt,
    mergedInto: event.type === 'violation-merged' ? event.data.intoViolationId : violation.mergedInto,
  };
  return {
    ...moved,
    due: dueOf(moved, 'remedyDueDate' in event.data ? (event.data.remedyDueDate ?? null) : null),
  };
}
