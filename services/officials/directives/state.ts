import type { z } from '@hono/zod-openapi';
import type { Due } from '../../clocks/due.ts';
import type { directiveIssued } from './events.ts';

export type Issued = z.infer<typeof directiveIssued.schema>;

/** What was said of a directive after it was issued. */
export interface Answer {
  type: string;
  officerId: string | null;
  /** RFC 3339. */
  saidAt: string;
  percent?: number | undefined;
  note?: string | undefined;
}

export const directiveStatuses = ['issued', 'acknowledged', 'done', 'withdrawn'] as const;
export interface Addressee {
  officerId: string;
  acknowledgedAt: string | null;
  percent: number;
  doneAt: string | null;
}
/** A directive as it stands. Times are RFC 3339. */
export interface Directive extends Omit<Issued, 'addressees' | 'occurredAt'> {
  issuedAt: string;
  status: (typeof directiveStatuses)[number];
  addressees: Addressee[];
  /** Addressees from whom no word came, while one is waited for. */
  unanswered: string[];
  escalatedAt: string | null;
  withdrawnAt: string | null;
}

const earliest = (times: readonly string[]): string | null =>
  times.length === 0 ? null : times.reduce((one, other) => (Date.parse(other) < Date.parse(one) ? other : one));
const newest = <One extends { saidAt: string }>(all: readonly One[]): One | undefined =>
  all.toSorted((one, other) => Date.parse(one.saidAt) - Date.parse(other.saidAt)).at(-1);

/** How a directive stands, of whatever order its answers came in. Whoever reports progress has read it. Pure. */
export function directiveOf({ addressees, occurredAt, ...issued }: Issued, answers: readonly Answer[]): Directive {
  const people = addressees.map((officerId): Addressee => {
    const own = answers.filter((one) => one.officerId === officerId);
    const progress = own.filter(({ type }) => type === 'directive-progressed');
    return {
      officerId,
      acknowledgedAt: earliest(own.map(({ saidAt }) => saidAt)),
      percent: newest(progress)?.percent ?? 0,
      doneAt: earliest(progress.filter(({ percent }) => percent === 100).map(({ saidAt }) => saidAt)),
    };
  });
  const enough = (of: (one: Addressee) => boolean) =>
    issued.answeredBy === 'all' ? people.every(of) : people.some(of);
  const ofType = (type: string) => earliest(answers.filter((one) => one.type === type).map(({ saidAt }) => saidAt));
  const withdrawnAt = ofType('directive-withdrawn');
  const acknowledged = enough(({ acknowledgedAt }) => acknowledgedAt !== null);
  const done = enough(({ doneAt }) => doneAt !== null);
  return {
    ...issued,
    issuedAt: occurredAt,
    status: withdrawnAt ? 'withdrawn' : done ? 'done' : acknowledged ? 'acknowledged' : 'issued',
    addressees: people,
    unanswered:
      withdrawnAt || acknowledged
        ? []
        : people.filter(({ acknowledgedAt }) => acknowledgedAt === null).map(({ officerId }) => officerId),
    escalatedAt: ofType('directive-escalated'),
    withdrawnAt,
  };
}

const isOver = ({ status }: Directive): boolean => status === 'done' || status === 'withdrawn';

/** At its time a directive that is not done is escalated, once. */
export const duesOfDirective = (directive: Directive): Due[] =>
  isOver(directive) || directive.escalatedAt !== null
    ? []
    : [
        {
          rule: 'overdue',
          sequence: 1,
          dueAt: new Date(directive.dueAt).toISOString(),
          type: 'directive-escalated',
          data: {
            directiveId: directive.directiveId,
            waitsFor: directive.addressees.filter(({ doneAt }) => doneAt === null).map(({ officerId }) => officerId),
          },
        },
      ];

export const directiveSteps = ['acknowledge', 'report', 'withdraw'] as const;
export type DirectiveStep = (typeof directiveSteps)[number];

/** What may be said of a directive by one of its addressees, or (undefined) by whoever leads. */
export function lawfulSteps(directive: Directive, officerId: string | undefined): DirectiveStep[] {
  if (directive.status === 'withdrawn') return [];
  const own = directive.addressees.find((one) => one.officerId === officerId);
  if (officerId === undefined) return directive.status === 'done' ? [] : ['withdraw'];
  if (!own || own.doneAt !== null) return [];
  return own.acknowledgedAt === null ? ['acknowledge', 'report'] : ['report'];
}

/** Somebody of the register. */
export interface Addressable {
  officerId: string;
  unit: string;
  roles: readonly string[];
  areaIds: readonly string[];
}

/**
 * To whom a directive goes: who is of one of its units or has one of its duties; where it names areas too, of those only who has one of them, or an area in or above one. Areas alone: whoever has one. Pure.
 *
 * @param aboveOf the areas above an area, itself included
 */
export function addresseesOf<One extends Addressable>(
  { areaIds, units, roles }: Pick<Issued, 'areaIds' | 'units' | 'roles'>,
  officers: readonly One[],
  aboveOf: (areaId: string) => readonly string[],
): One[] {
  const touches = (own: readonly string[]) =>
    areaIds.some((area) => own.some((one) => aboveOf(one).includes(area) || aboveOf(area).includes(one)));
  return officers.filter(({ unit, roles: duties, areaIds: own }) => {
    const named = units.includes(unit) || duties.some((duty) => roles.some((role) => role === duty));
    if (areaIds.length === 0) return named;
    return touches(own) && (named || (units.length === 0 && roles.length === 0));
  });
}
