import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '#platform/projection.ts';
import type { ViolationEvent } from './events.ts';
import { fold } from './fold.ts';
import type { Version } from './row.ts';

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
      folded.versions.map(({ violation, knownAt, knownUntil, firstSequence, sequence, eventKey }) => [
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
    expect(folded.events[1]).toEqual({
      eventKey: 's e2',
      violationId: 'a',
      sequence: 2,
      type: 'violation-verified',
      occurredAt: at(0),
      knownAt: at(2),
      irregular: null,
      data: JSON.stringify({ violationId: 'a', kind: 'other', occurredAt: at(0) }),
    });
    expect([...current.values()]).toEqual(folded.versions.slice(1));
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
      folded.versions.map(({ knownAt, knownUntil, firstSequence }) => [knownAt, knownUntil, firstSequence]),
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
    expect(folded).toEqual({ versions: [], ended: new Map(), events: [], heads: new Map([['a', 9]]) });
    const twice = fold(
      [entry(4, 'violation-reported', { id: 'x' }), entry(2, 'violation-reported', { id: 'x' })],
      new Map(),
      seen,
    );
    expect(twice.versions).toHaveLength(1);
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
    expect(folded.events[2]!.irregular).toBeNull();
    expect(folded.versions[2]!.violation).toMatchObject({ status: 'merged', mergedInto: 'b' });
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
          entry(index + 1, index === 0 ? 'violation-reported' : 'violation-verified', { recorded: minute }),
        );
        for (let start = 0; start < entries.length; start += size) {
          const folded = fold(entries.slice(start, start + size), current, seen);
          const end = folded.ended.get('a');
          if (end) versions.at(-1)!.knownUntil = end;
          versions.push(...folded.versions);
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
