import { describe, expect, test } from 'vitest';
import { contradictions, type KnownCase, type SaidOfCase } from './case-state.ts';

const known: KnownCase = {
  confirmedDate: '2026-11-20',
  onsetDate: '2026-11-15',
  specimenDate: '2026-11-19',
  outcome: { status: 'deceased', day: '2026-11-27' },
};
const faults = (said: SaidOfCase, of: Partial<KnownCase> = {}) =>
  contradictions({ ...known, ...of }, said).map(({ field, reason }) => `${field}: ${reason}`);
const died = (day: string) => ({ outcome: { status: 'deceased' as const, day } });

describe('what is said of a case is held to the days that it leaves', () => {
  test.each<[SaidOfCase, string[]]>([
    [{}, []],
    [{ onsetDate: '2026-11-20' }, []],
    [{ onsetDate: '2026-11-21' }, ['onsetDate: not after confirmedDate 2026-11-20']],
    [{ specimenDate: '2026-11-21' }, ['specimenDate: not after confirmedDate 2026-11-20']],
    [{ confirmedDate: '2026-11-19' }, []],
    [{ confirmedDate: '2026-11-18' }, ['confirmedDate: not before specimenDate 2026-11-19']],
    [{ confirmedDate: '2026-11-14' }, ['confirmedDate: not before onsetDate 2026-11-15']],
    [{ confirmedDate: '2026-11-30', onsetDate: '2026-11-27' }, []],
    [{ confirmedDate: '2026-11-30', onsetDate: '2026-11-28' }, ['onsetDate: not after deceased on 2026-11-27']],
    [died('2026-11-15'), []],
    [died('2026-11-14'), ['since: not before onsetDate 2026-11-15']],
    [{ specimenDate: '2026-05-24' }, []],
    [{ specimenDate: '2026-05-23' }, ['specimenDate: at least 2026-05-24, 180 days before confirmedDate']],
    [{ onsetDate: '2025-11-19' }, []],
    [{ onsetDate: '2025-11-18' }, ['onsetDate: at least 2025-11-19, 366 days before confirmedDate']],
    [{ confirmedDate: '2027-05-18' }, []],
    [{ confirmedDate: '2027-05-19' }, ['confirmedDate: too long after specimenDate 2026-11-19: correct both days']],
  ])('%j', (said, expected) => {
    expect(faults(said)).toEqual(expected);
  });

  test('a death before the specimen is one whose specimen was taken of the dead', () => {
    expect(faults(died('2026-11-16'), { onsetDate: null })).toEqual([]);
    expect(faults({ specimenDate: '2026-11-20' }, { outcome: { status: 'deceased', day: '2026-11-18' } })).toEqual([]);
  });

  test('what was wrong before is not held against who says something else', () => {
    const wrong = { onsetDate: '2026-11-28' };
    expect(faults({ specimenDate: '2026-11-18' }, wrong)).toEqual([]);
    expect(faults({}, wrong)).toEqual([]);
    expect(faults({ onsetDate: '2026-11-10' }, wrong)).toEqual([]);
  });

  test('in Vietnamese with the day as it is written there', () => {
    const [fault] = contradictions(known, { confirmedDate: '2026-11-30', onsetDate: '2026-11-28' });
    expect(fault!.words!.vi).toBe('không sau ngày tử vong 27/11/2026');
  });
});
