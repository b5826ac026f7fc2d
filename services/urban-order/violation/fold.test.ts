import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '#platform/projection.ts';
import type { Folded, Version as VersionOf } from '../../lifecycle/fold.ts';
import type { ViolationEvent } from './events.ts';
import { fold } from './fold.ts';
import type { Violation } from './state.ts';

type Version = VersionOf<Violation>;
const versionsOf = ({ changes }: Folded<Violation, ViolationEvent>): Version[] => changes.map(({ after }) => after);

const at = (minute: number) => new Date(Date.UTC(2021, 9, 1, 0, minute)).toISOString();
const entry = (
  sequence: number,
  type: string,
  {
    id = `e${sequence}`,
    violationId = 'a',
    recorded = sequence,
    ...data
  }: Record<string, unknown> & { recorded?: number } = {},
): Entry<ViolationEvent> => ({
  sequence,
  subject: '',
  event: {
    id,
    source: 's',
    type,
    recordedtime: at(recorded),
    data: { violationId, kind: 'other', occurredAt: at(0), ...data },
  } as unknown as ViolationEvent,
});

describe('a batch', () => {
  test('each event is a version from when it was known to the next one', () => {
    const current = new Map<string, Version>();
    const folded = fold(
      [
        entry(1, 'violation-reported'),
        entry(2, 'violation-verified'),
        entry(3, 'violation-reported', { violationId: 'b' }),
      ],
      current,
      new Set(),
    );
    expect(
      versionsOf(folded).map(({ state: violation, knownAt, knownUntil, firstSequence, sequence, eventKey }) => [
        violation.violationId,
        violation.status,
        knownAt,
        knownUntil,
        firstSequence,
        sequence,
        eventKey,
      ]),
    ).toEqual([
      ['a', 'reported', at(1), at(2), 1, 1, 's e1'],
      ['a', 'verified', at(2), 'infinity', 1, 2, 's e2'],
      ['b', 'reported', at(3), 'infinity', 3, 3, 's e3'],
    ]);
    expect(folded.ended).toEqual(new Map());
    expect(folded.heads).toEqual(
      new Map([
        ['a', 2],
        ['b', 3],
      ]),
    );
    expect(folded.changes[1]).toEqual({
      id: 'a',
      event: entry(2, 'violation-verified').event,
      before: versionsOf(folded)[0],
      after: versionsOf(folded)[1],
      irregular: null,
    });
    expect([...current.values()]).toEqual(versionsOf(folded).slice(1));
  });

  test('a row that was there ends where the new version begins', () => {
    const current = new Map<string, Version>();
    fold([entry(1, 'violation-reported')], current, new Set());
    const stored = structuredClone(current.get('a')!);
    const rows = new Map([['a', stored]]);
    const folded = fold([entry(5, 'violation-verified'), entry(6, 'violation-minuted')], rows, new Set());
    expect(folded.ended).toEqual(new Map([['a', at(5)]]));
    expect(stored.knownUntil).toBe('infinity');
    expect(
      versionsOf(folded).map(({ knownAt, knownUntil, firstSequence }) => [knownAt, knownUntil, firstSequence]),
    ).toEqual([
      [at(5), at(6), 1],
      [at(6), 'infinity', 1],
    ]);
  });

  test('what was heard already changes nothing but the head', () => {
    const seen = new Set(['s e1']);
    const folded = fold(
      [entry(1, 'violation-reported'), entry(9, 'violation-reported', { id: 'e1' })],
      new Map(),
      seen,
    );
    expect(folded).toEqual({ changes: [], ended: new Map(), heads: new Map([['a', 9]]) });
    const twice = fold(
      [entry(4, 'violation-reported', { id: 'x' }), entry(2, 'violation-reported', { id: 'x' })],
      new Map(),
      seen,
    );
    expect(twice.changes).toHaveLength(1);
    expect(twice.heads).toEqual(new Map([['a', 4]]));
    expect(seen).toEqual(new Set(['s e1', 's x']));
  });

  test('a merge finds its target in the same batch', () => {
    const folded = fold(
      [
        entry(1, 'violation-reported', { violationId: 'b' }),
        entry(2, 'violation-reported'),
        entry(3, 'violation-merged', { intoViolationId: 'b' }),
      ],
      new Map(),
      new Set(),
    );
    expect(folded.changes[2]!.irregular).toBeNull();
    expect(versionsOf(folded)[2]!.state).toMatchObject({ status: 'merged', mergedInto: 'b' });
  });
});

test('what is known never goes back, however late an event was recorded, and versions follow one another without a gap', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 15 }),
      fc.integer({ min: 1, max: 4 }),
      (recorded, size) => {
        const current = new Map<string, Version>();
        const seen = new Set<string>();
        const versions: Version[] = [];
        const entries = recorded.map((minute, index) =>
          entry(index + 1, index === 0 ? 'violation-reported' : 'violation-verified', {
            recorded: minute,
            reason: String(index),
          }),
        );
        for (let start = 0; start < entries.length; start += size) {
          const folded = fold(entries.slice(start, start + size), current, seen);
          const end = folded.ended.get('a');
          if (end) versions.at(-1)!.knownUntil = end;
          versions.push(...versionsOf(folded));
          // A batch is written before the next is read.
          for (const [id, version] of current) current.set(id, structuredClone(version));
        }
        const known = versions.map(({ knownAt }) => knownAt);
        expect(known).toEqual(recorded.map((_, index) => at(Math.max(...recorded.slice(0, index + 1)))));
        expect(versions.map(({ knownUntil }) => knownUntil)).toEqual([...known.slice(1), 'infinity']);
      },
    ),
  );
});
