import { describe, expect, test } from 'vitest';
import { type CaseEvent, evolveCase } from './evolve.ts';
import { judgeInOrder } from './judge-in-order.ts';

const zone = 'Asia/Ho_Chi_Minh';
let count = 0;
const event = (type: CaseEvent['type'], data: object, caseId = 'c'): CaseEvent =>
  ({
    ...{ specversion: '1.0', district: 'd' },
    ...{ id: `e${count++}`, source: '/lab', type, authid: 'feed:/lab', authtype: 'unauthenticated' },
    ...{ time: '2026-11-29T02:00:00.000Z', recordedtime: '2026-11-29T02:00:00.000Z' },
    data: { caseId, ...data },
  }) as CaseEvent;
const confirmed = (data: object = {}, caseId?: string) =>
  event('case-confirmed', { confirmedDate: '2026-11-20', ...data }, caseId);
const corrected = (data: object, caseId?: string) => event('case-corrected', data, caseId);
const died = (since: string) => event('case-status-changed', { status: 'deceased', since });
const faults = (...events: CaseEvent[]) =>
  judgeInOrder(new Map(), events, zone).map((of) => of.map(({ field, reason }) => `${field} ${reason}`));

describe('events of one batch', () => {
  test('a correction is judged with the confirmation before it in the batch', () => {
    expect(faults(confirmed(), corrected({ onsetDate: '2026-11-21' }), corrected({ onsetDate: '2026-11-20' }))).toEqual(
      [[], ['onsetDate not after confirmedDate 2026-11-20'], []],
    );
  });

  test('and with the confirmation after it, which it waits for', () => {
    expect(faults(corrected({ onsetDate: '2026-11-21' }), corrected({ onsetDate: '2026-11-19' }), confirmed())).toEqual(
      [['onsetDate not after confirmedDate 2026-11-20'], [], []],
    );
  });

  test('each with what was taken before it, and not with what was refused', () => {
    expect(
      faults(
        confirmed({ onsetDate: '2026-11-10' }),
        died('2026-11-09T05:00:00Z'),
        corrected({ onsetDate: '2026-11-08' }),
        died('2026-11-09T05:00:00Z'),
        corrected({ onsetDate: '2026-11-10' }),
        corrected({ confirmedDate: '2026-11-22' }),
        corrected({ specimenDate: '2026-11-21' }),
      ),
    ).toEqual([
      [],
      ['since not before onsetDate 2026-11-10'],
      [],
      [],
      ['onsetDate not after deceased on 2026-11-09'],
      [],
      [],
    ]);
  });

  test('cases do not mix, and of one that is never confirmed nothing is said', () => {
    expect(
      faults(
        confirmed({}, 'a'),
        corrected({ onsetDate: '2026-11-25' }, 'b'),
        corrected({ onsetDate: '2026-11-25' }, 'a'),
      ),
    ).toEqual([[], [], ['onsetDate not after confirmedDate 2026-11-20']]);
  });

  test('what is known in the rows counts as before the batch', () => {
    const known = new Map([['c', evolveCase(undefined, confirmed({ onsetDate: '2026-11-18' }), 1)]]);
    const batch = [
      corrected({ confirmedDate: '2026-11-17' }),
      corrected({ confirmedDate: '2026-11-18', onsetDate: '2026-11-16' }),
    ];
    expect(judgeInOrder(known, batch, zone).map((of) => of.map(({ field }) => field))).toEqual([['confirmedDate'], []]);
    expect(judgeInOrder(known, batch.toReversed(), zone).map((of) => of.length)).toEqual([0, 0]);
  });
});
