import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Registers } from '../../district/registers.ts';
import { type CapacityEvent, type FacilityDetails, facilityRow, withReport } from './report.ts';

const at = (minute: number) => new Date(Date.UTC(2021, 7, 1, 0, minute)).toISOString();
let count = 0;
const report = (data: object, time = 0, recorded = time, id = `e${count++}`): CapacityEvent => ({
  specversion: '1.0',
  id,
  source: '/hospital',
  type: 'capacity-reported',
  time: at(time),
  district: 'q7',
  recordedtime: at(recorded),
  authid: 'feed:/hospital',
  data: { facilityId: 'f', name: 'Bệnh viện', kind: 'hospital', bedsTotal: 10, bedsOccupied: 5, ...data },
});
const rowOf = (...events: CapacityEvent[]) =>
  facilityRow(
    events.reduce<Registers<FacilityDetails>>(
      (said, event, index) => withReport(said, { sequence: index + 1, event }),
      {},
    ),
  );

describe('a facility', () => {
  test('keeps what a later report does not say', () => {
    const first = report({
      intensiveCareTotal: 4,
      intensiveCareOccupied: 3,
      staff: 20,
      areaId: 'W1',
      location: { lon: 106.7, lat: 10.7 },
    });
    expect(rowOf(first, report({ bedsOccupied: 8, areaId: 'W1' }, 5))).toMatchObject({
      beds_occupied: 8,
      intensive_care_total: 4,
      intensive_care_occupied: 3,
      staff: 20,
      area_id: 'W1',
      lon: 106.7,
      reported_at: at(5),
    });
    expect(rowOf(report({}))).toMatchObject({ intensive_care_total: 0, staff: null, lon: null });
  });

  test('is as the latest report says, whenever it comes', () => {
    const [early, late] = [report({ bedsOccupied: 3 }, 1, 9), report({ bedsOccupied: 7 }, 5, 6)];
    expect(rowOf(late, early)).toMatchObject({ beds_occupied: 7, reported_at: at(5) });
  });

  test('is the same in any order of arrival and with any repetition', () => {
    const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
    const few = fc.integer({ min: 0, max: 3 });
    const reports = fc
      .array(
        fc.tuple(
          fc.record({
            bedsOccupied: few,
            staff: maybe(few),
            intensiveCareTotal: maybe(few),
            areaId: maybe(fc.constantFrom('W1', 'W2')),
            location: maybe(fc.constantFrom({ lon: 106.7, lat: 10.7 }, { lon: 106.8, lat: 10.7 })),
          }),
          few,
          few,
        ),
        { minLength: 1, maxLength: 6 },
      )
      .map((all) => all.map(([data, time, recorded], index) => report(data, time, recorded, `e${index}`)));
    fc.assert(
      fc.property(
        reports.chain((said) =>
          fc.tuple(fc.constant(said), fc.shuffledSubarray(said, { minLength: said.length }), fc.shuffledSubarray(said)),
        ),
        ([said, otherwise, again]) => {
          expect(rowOf(...otherwise, ...again)).toEqual(rowOf(...said));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
