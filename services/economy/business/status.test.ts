import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '#platform/problem.ts';
import { decideStatus, statusTransitions } from './decide.ts';
import { evolve } from './evolve.ts';
import { fold } from './fold.ts';
import { type Business, spanOn, spansOf } from './state.ts';

const day = (offset: number) => new Date(Date.UTC(2021, 6, 1 + offset)).toISOString().slice(0, 10);
const statuses = ['open', 'restricted', 'suspended', 'closed'] as const;
type Step = { kind: 'registered' | 'changed'; day: number; status: (typeof statuses)[number]; licensed: number | null };
const eventOf = (step: Step) =>
  step.kind === 'registered'
    ? ({
        type: 'business-registered',
        data: { businessId: 'b', name: 'Quán', form: 'household', registeredDate: day(step.day), status: step.status },
      } as const)
    : ({
        type: 'business-status-changed',
        data: {
          businessId: 'b',
          effectiveDate: day(step.day),
          status: step.status,
          ...(step.licensed === null ? {} : { licensedUntil: day(step.licensed) }),
        },
      } as const);
const walk = fc.array(
  fc.record({
    kind: fc.constantFrom('registered' as const, 'changed' as const, 'changed' as const, 'changed' as const),
    day: fc.integer({ min: 0, max: 20 }),
    status: fc.constantFrom(...statuses),
    licensed: fc.option(fc.integer({ min: 0, max: 40 })),
  }),
  { minLength: 1, maxLength: 12 },
);
const after = (steps: Step[]) =>
  steps.reduce<Business | undefined>(
    (business, step, index) => evolve(business, eventOf(step) as never, index + 1),
    undefined,
  )!;

describe('status over time', () => {
  test('spans follow each other without gap or overlap, to no end', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        const spans = spansOf(after(steps).facts);
        expect(spans.at(-1)!.until).toBe('infinity');
        for (const [index, span] of spans.entries()) {
          expect(span.from < span.until).toBe(true);
          if (index) expect(span.from).toBe(spans[index - 1]!.until);
        }
      }),
    );
  });

  test('the status of a day is the last said of the newest day up to it, looked up by plain search', () => {
    fc.assert(
      fc.property(walk, fc.integer({ min: -2, max: 25 }), (steps, on) => {
        // Oracle: of all facts that still stand (one registration, the newest), walk the days downwards.
        const registrations = steps
          .map((step, index) => ({ ...step, index }))
          .filter((step) => step.kind === 'registered');
        const standing = steps
          .map((step, index) => ({ ...step, index }))
          .filter((step) => step.kind === 'changed' || step.index === registrations.at(-1)!.index);
        let expected: string | undefined;
        for (let back = on; back >= 0 && !expected; back--) {
          const said = standing.filter((step) => step.day === back);
          expected = (said.filter((step) => step.kind === 'changed').at(-1) ?? said.at(-1))?.status;
        }
        expect(spanOn(after(steps), day(on))?.status).toBe(expected);
      }),
    );
  });

  test('what was known of any day at any moment stays readable, however events are cut into batches', () => {
    fc.assert(
      fc.property(walk, fc.integer({ min: 1, max: 5 }), (steps, batch) => {
        const entries = steps.map((step, index) => ({
          sequence: index + 1,
          subject: '',
          event: { ...eventOf(step), source: 's', id: `e${index}`, recordedtime: `${day(index)}T00:00:00Z` } as never,
        }));
        const current = new Map();
        const seen = new Set<string>();
        const rows: {
          from: string;
          until: string;
          status: string;
          sequence: number;
          knownAt: string;
          knownUntil: string;
        }[] = [];
        for (let start = 0; start < entries.length; start += batch) {
          const folded = fold(entries.slice(start, start + batch), current, seen);
          for (const end of folded.endedSpans)
            rows.find(
              (row) => row.sequence === end.sequence && row.from === end.from && row.knownUntil === 'infinity',
            )!.knownUntil = end.knownUntil;
          rows.push(...folded.spans.map((span) => ({ ...span })));
          // A batch is written before the next is read: what is current then is a row, and no longer this batch's own.
          for (const [id, value] of current) current.set(id, structuredClone(value));
        }
        for (let known = 0; known < steps.length; known++) {
          const at = `${day(known)}T00:00:00Z`;
          const held = rows.filter((row) => row.knownAt <= at && at < row.knownUntil);
          const state = after(steps.slice(0, known + 1));
          // What was heard before any registration waits for it.
          const wanted = state.registered ? spansOf(state.facts) : [];
          expect(held.map(({ from, until, status }) => [from, until, status]).sort()).toEqual(
            wanted.map(({ from, until, status }) => [from, until, status]).sort(),
          );
        }
      }),
    );
  });

  test('a licence term goes on until another is stated, and its end closes nothing', () => {
    const business = after([
      { kind: 'registered', day: 0, status: 'open', licensed: null },
      { kind: 'changed', day: 2, status: 'restricted', licensed: 9 },
      { kind: 'changed', day: 5, status: 'open', licensed: null },
    ]);
    expect(spanOn(business, day(20))).toMatchObject({ status: 'open', licensedUntil: day(9) });
  });
});

describe('decisions', () => {
  const business = (status: (typeof statuses)[number]) => ({
    state: after([{ kind: 'registered', day: 5, status, licensed: null }]),
    sequence: 1,
  });
  const decide = (from: (typeof statuses)[number], status: (typeof statuses)[number], more = {}) =>
    decideStatus(
      business(from),
      { businessId: 'b', status, effectiveDate: day(6), ...more },
      { district: 'q7', exercise: false, now: '2021-11-04T00:00:00Z', eventId: 'x' },
    );

  test.each(statuses)('from %s: what may follow is taken, the rest is 409 with what may', (from) => {
    for (const to of statuses)
      if (statusTransitions[from].includes(to)) expect(decide(from, to).data.status).toBe(to);
      else
        try {
          decide(from, to);
          expect.unreachable(`${to} after ${from} was taken`);
        } catch (error) {
          expect((error as Problem).toJSON()).toMatchObject({ status: 409, lawfulSteps: statusTransitions[from] });
        }
  });

  test('a renewed licence keeps the status; a change before the registration is refused', () => {
    expect(decide('open', 'open', { licensedUntil: '2022-12-31' }).data.licensedUntil).toBe('2022-12-31');
    expect(() => decide('open', 'closed', { effectiveDate: day(4) })).toThrow(expect.objectContaining({ status: 422 }));
  });
});
