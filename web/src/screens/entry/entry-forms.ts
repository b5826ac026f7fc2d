import { pointCategories, pointStatuses } from '@vungxanh/services/contracts/points.ts';

export type EntryKind = 'case' | 'violation' | 'business';

export interface EntryField {
  name: string;
  type: 'date' | 'number' | 'text' | 'longText' | 'choice' | 'area' | 'place';
  required?: boolean;
  options?: readonly string[];
}

/** What a person fills in, by kind; the services check it, not we. */
export const entryFields: Record<EntryKind, EntryField[]> = {
  case: [
    { name: 'confirmedDate', type: 'date', required: true },
    { name: 'onsetDate', type: 'date' },
    { name: 'areaId', type: 'area' },
    { name: 'location', type: 'place' },
    { name: 'ageYears', type: 'number' },
    { name: 'sex', type: 'choice', options: ['female', 'male', 'other', 'unknown'] },
    { name: 'exposure', type: 'choice', options: pointCategories.cases },
    { name: 'status', type: 'choice', options: pointStatuses.cases.slice(0, 4) },
  ],
  violation: [
    { name: 'kind', type: 'choice', required: true, options: pointCategories.violations },
    { name: 'areaId', type: 'area' },
    { name: 'location', type: 'place' },
    { name: 'address', type: 'text' },
    { name: 'description', type: 'longText' },
  ],
  business: [
    { name: 'businessId', type: 'text', required: true },
    { name: 'status', type: 'choice', required: true, options: pointStatuses.businesses },
    { name: 'effectiveDate', type: 'date', required: true },
    { name: 'reason', type: 'longText' },
  ],
};

export type EntryValues = Record<string, string | number | null | undefined>;

/** Path and body of the command. Empty fields are not sent: absent and empty are not the same. */
export function entryCommand(
  kind: EntryKind,
  values: EntryValues,
  place: [number, number] | undefined,
  newId: () => string,
): { path: string; body: Record<string, unknown> } {
  const names = entryFields[kind].map(({ name }) => name);
  const filled = Object.fromEntries(
    names.flatMap((name) =>
      values[name] === undefined || values[name] === null || values[name] === '' ? [] : [[name, values[name]]],
    ),
  );
  const location = place && names.includes('location') ? { location: { lon: place[0], lat: place[1] } } : {};
  if (kind === 'business') {
    const { businessId = '', ...body } = filled;
    return { path: `/api/economy/businesses/${encodeURIComponent(String(businessId) || '-')}/status`, body };
  }
  if (kind === 'violation') return { path: '/api/urban-order/violations', body: { ...filled, ...location } };
  return { path: '/api/epidemic/cases', body: { caseId: newId(), ...filled, ...location } };
}
