import { planRequest } from '@vungxanh/services/contracts/scenarios.ts';
import { expect, test } from 'vitest';
import { errorsBelow } from './field-errors.ts';
import { formOf, planRequestOf, readForm, usualForm } from './plan-form.ts';

test('percent and tỷ đồng become shares and đồng, and come back', () => {
  const form = { ...usualForm([20, 50, 150]), mostCost: 2.5, dosesPerDay: 4000 };
  const request = planRequestOf(form, 'q7', '2021-08-24T00:00:00Z');
  expect(request.target).toEqual({
    ratePer100k: 50,
    withinDays: 14,
    probability: 0.2,
    mostPeopleRestricted: 40_000,
    mostCost: 2_500_000_000,
  });
  expect(planRequest.parse(request)).toEqual(request);
  expect(formOf(request)).toEqual(form);
});

test('what is left empty is not sent: the service says that it is missing', () => {
  const request = planRequestOf({ ratePer100k: 50 }, 'q7', '2021-08-24T00:00:00Z');
  expect(request.target).toEqual({ ratePer100k: 50 });
  expect(request.limits).toEqual({});
});

test('a kept form that is damaged keeps its numbers', () => {
  expect(readForm('{"ratePer100k": 50, "withinDays": "x", "wishes": 3}')).toEqual({ ratePer100k: 50 });
  expect(readForm('nothing')).toBeUndefined();
});

test('what the server says of a field is found by its path, however it is written', () => {
  const errors = [
    { field: 'json.scenarios.0.levers.1.limit', reason: 'too much' },
    { field: 'scenarios[0].levers[1].toDate', reason: 'too early' },
    { field: 'scenarios.1.name', reason: 'empty' },
  ];
  expect(errorsBelow(errors, 'scenarios.0.levers.1')).toEqual({ limit: 'too much', toDate: 'too early' });
  expect(errorsBelow(errors, 'scenarios.1')).toEqual({ name: 'empty' });
});
