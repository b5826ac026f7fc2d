import { describe, expect, test } from 'vitest';
import '../services.ts';
import { GatewayError } from '#platform/gateway.ts';
import { askEpidemic, type TakenEvent } from './case-judgement.ts';
import { judgeWithPlaces } from './events-api.ts';

const now = () => new Date('2026-11-30T03:00:00Z');
const event = (id: string, type: string, data: object, district = 'q7') => ({
  specversion: '1.0',
  id,
  source: '/lab',
  type,
  time: '2026-11-29T02:00:00Z',
  district,
  data: { caseId: id, ...data },
});
const confirmed = event('a', 'case-confirmed', { confirmedDate: '2026-11-25' });
const corrected = event('b', 'case-corrected', { onsetDate: '2026-11-26' });
const place = event('c', 'case-corrected', { ageYears: 7 });
const died = event('d', 'case-status-changed', { status: 'deceased', since: '2026-11-20T02:00:00Z' });
const moved = event('e', 'case-status-changed', { status: 'hospitalised' });
const words = { vi: 'không sau ngày xác định 25/11/2026', en: 'not after confirmedDate 2026-11-25' };
const fault = { field: 'onsetDate', value: '2026-11-26', reason: words.en, words };
const sender = { programme: undefined, requestId: undefined };
const rules = () => ({ clock: 'live' as const, exercise: false });

describe('what the door takes of known cases', () => {
  test('is asked of who knows them, and only what says something of their days', async () => {
    const asked: [string, readonly TakenEvent[]][] = [];
    const events = [confirmed, corrected, place, died, moved];
    const judgeChanges = async (district: string, changes: readonly TakenEvent[]) => {
      asked.push([district, changes]);
      return [[fault], []];
    };
    const { receipt, messages, indexes } = await judgeWithPlaces(events, { rules, judgeChanges, now }, sender);
    expect(asked.map(([district, changes]) => [district, changes.map(({ data }) => data.caseId)])).toEqual([
      ['q7', ['b', 'd']],
    ]);
    expect(receipt).toMatchObject({ accepted: 4 });
    expect(receipt.rejected).toEqual([
      {
        index: 1,
        id: 'b',
        field: 'data.onsetDate',
        value: '2026-11-26',
        reason: words.en,
        reasonVi: words.vi,
      },
    ]);
    expect(indexes).toEqual([0, 2, 3, 4]);
    expect(messages.map(({ payload }) => JSON.parse(payload).id)).toEqual(['a', 'c', 'd', 'e']);
  });

  test('is asked with all that the batch says of the case, in its order, and with nothing else', async () => {
    const asked: (readonly TakenEvent[])[] = [];
    const judgeChanges = async (_: string, changes: readonly TakenEvent[]) => {
      asked.push(changes);
      return changes.map(({ data }) => ('onsetDate' in data ? [fault] : []));
    };
    const same = { ...confirmed, id: 'first', data: { ...confirmed.data, caseId: 'b' } };
    const step = { ...moved, id: 'step', data: { ...moved.data, caseId: 'b' } };
    const { receipt } = await judgeWithPlaces(
      [confirmed, same, step, corrected, place],
      { rules, judgeChanges, now },
      sender,
    );
    expect(asked.map((changes) => changes.map(({ id, type, recordedtime }) => [id, type, recordedtime]))).toEqual([
      [
        ['first', 'case-confirmed', now().toISOString()],
        ['step', 'case-status-changed', now().toISOString()],
        ['b', 'case-corrected', now().toISOString()],
      ],
    ]);
    expect(receipt).toMatchObject({ accepted: 4, rejected: [{ index: 3, id: 'b' }] });
  });

  test('is taken as it is, while nobody answers', async () => {
    let asked = 0;
    let clock = 0;
    const judgeChanges = askEpidemic(
      {
        post: async () => {
          asked++;
          throw new GatewayError(503, 'away');
        },
      },
      () => clock,
    );
    const of = async () => (await judgeWithPlaces([corrected], { rules, judgeChanges, now }, sender)).receipt;
    expect(await of()).toMatchObject({ accepted: 1, rejected: [] });
    clock = 4999;
    expect(await of()).toMatchObject({ accepted: 1 });
    expect(asked).toBe(1);
    clock = 5000;
    await of();
    expect(asked).toBe(2);
  });

  test('of a district that it has not heard of is taken, and the next is asked about', async () => {
    const answers = [new GatewayError(404, 'No such district'), { faults: [[fault]] }];
    const judgeChanges = askEpidemic({
      post: async <Answer>() => {
        const answer = answers.shift()!;
        if (answer instanceof Error) throw answer;
        return answer as Answer;
      },
    });
    const of = async () => (await judgeWithPlaces([corrected], { rules, judgeChanges, now }, sender)).receipt;
    expect(await of()).toMatchObject({ accepted: 1 });
    expect(await of()).toMatchObject({ accepted: 0, rejected: [{ field: 'data.onsetDate' }] });
  });
});
