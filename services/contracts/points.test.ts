import { describe, expect, test } from 'vitest';
import { businessRegistration, businessStatus } from './events/economy/business-registered.ts';
import { caseConfirmed, caseStatus } from './events/epidemic/case-confirmed.ts';
import { violationKind } from './events/urban-order/violation-reported.ts';
import { bytesPerPoint, pointCategories, pointStatuses, swapPoints } from './points.ts';

test('records that PostgreSQL sent come out as the table says: little-endian, 16 bytes each', () => {
  const sent = Buffer.alloc(2 * 16);
  for (const [index, lon] of [106.7, -0.5].entries()) {
    sent.writeFloatBE(lon, index * 16);
    sent.writeFloatBE(10.75, index * 16 + 4);
    sent.writeInt32BE(70_000 + index, index * 16 + 8);
    // int4 of status << 24 | category << 16 | day
    sent.writeInt32BE((3 << 24) | (2 << 16) | 18_841, index * 16 + 12);
  }
  const records = swapPoints(sent);
  expect(records).toBe(sent);
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
  for (const [index, lon] of [106.7, -0.5].entries()) {
    const at = index * bytesPerPoint;
    expect(view.getFloat32(at, true)).toBeCloseTo(lon, 5);
    expect(view.getFloat32(at + 4, true)).toBe(10.75);
    expect(view.getUint32(at + 8, true)).toBe(70_000 + index);
    expect(view.getUint16(at + 12, true)).toBe(18_841);
    expect(view.getUint8(at + 14)).toBe(2);
    expect(view.getUint8(at + 15)).toBe(3);
  }
});

describe('lists behind the indexes', () => {
  // The order is the format: a browser that was opened yesterday reads today's points. Written out here once more so that nobody sorts them.
  test('stand in the order in which they were first sent', () => {
    expect(pointCategories).toEqual({
      cases: ['community', 'quarantine', 'imported', 'unknown'],
      violations: [
        'without-permit',
        'against-permit',
        'against-approved-design',
        'against-planning',
        'encroachment',
        'canal-filling',
        'harm-to-neighbour',
        'unsafe-site',
        'sanitation',
        'other',
      ],
      businesses: ['enterprise', 'household', 'unknown'],
    });
    expect(pointStatuses).toEqual({
      cases: ['active', 'home-care', 'hospitalised', 'intensive-care', 'recovered', 'deceased', 'not-a-case'],
      violations: [
        'reported',
        'verified',
        'minuted',
        'suspended',
        'decided',
        'remedied',
        'closed',
        'dismissed',
        'merged',
        'enforcing',
        'cancelled',
        'expired',
      ],
      businesses: ['open', 'restricted', 'suspended', 'closed'],
    });
  });

  test('name every value that an event can bring', () => {
    const exposure = (caseConfirmed.schema as unknown as { shape: { exposure: { unwrap(): { options: string[] } } } })
      .shape.exposure;
    expect(pointCategories.cases).toEqual(exposure.unwrap().options);
    expect(pointStatuses.cases).toEqual(caseStatus.options);
    expect(pointCategories.violations).toEqual(violationKind.options);
    expect(pointCategories.businesses).toEqual(businessRegistration.shape.form.unwrap().options);
    expect(pointStatuses.businesses).toEqual(businessStatus.options);
  });
});
