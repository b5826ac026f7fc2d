import { businessStatusChanged } from '@vungxanh/services/contracts/events/economy/business-status-changed.ts';
import { caseConfirmed } from '@vungxanh/services/contracts/events/epidemic/case-confirmed.ts';
import { violationReported } from '@vungxanh/services/contracts/events/urban-order/violation-reported.ts';
import { expect, test } from 'vitest';
import { entryCommand, entryFields } from './entry-forms.ts';

const newId = () => 'web-1';

test('every field of the forms is one of the contract, under its own name', () => {
  const shapes = { case: caseConfirmed, violation: violationReported, business: businessStatusChanged };
  for (const [kind, { schema }] of Object.entries(shapes)) {
    const known = Object.keys((schema as unknown as { shape: object }).shape);
    for (const { name } of entryFields[kind]!) expect(known).toContain(name);
  }
});

test('a filled form is a body that the contract takes; empty fields are not sent', () => {
  const { path, body } = entryCommand(
    'case',
    { confirmedDate: '2021-08-24', ageYears: 41, onsetDate: '', sex: undefined, exposure: 'community' },
    [106.72, 10.73],
    newId,
  );
  expect(path).toBe('/api/epidemic/cases');
  expect(body).toEqual({
    caseId: 'web-1',
    confirmedDate: '2021-08-24',
    ageYears: 41,
    exposure: 'community',
    location: { lon: 106.72, lat: 10.73 },
  });
  expect(caseConfirmed.schema.safeParse(body).success).toBe(true);
});

test('the business goes into the path, safely', () => {
  expect(
    entryCommand('business', { businessId: 'a/b', status: 'open', effectiveDate: '2021-10-01' }, undefined, newId),
  ).toEqual({
    path: '/api/economy/businesses/a%2Fb/status',
    body: { status: 'open', effectiveDate: '2021-10-01' },
  });
});
