import { expect, test } from 'vitest';
import { fitsSecret, readReference, referenceOf } from './reference.ts';

const submission = '5f1f3a38-6c0e-4b8e-9a43-5d2b1f9a7c11';

test('the same submission has the same number; another one, and another district, has another', () => {
  const one = referenceOf('q7', submission);
  expect(referenceOf('q7', submission)).toEqual(one);
  expect(one.reportId).toMatch(/^PA-[0-9A-HJKMNP-TV-Z]{8}$/);
  expect(one.reference).toMatch(/^PA-[0-9A-HJKMNP-TV-Z]{8}(-[0-9A-HJKMNP-TV-Z]{5}){3}$/);
  expect(referenceOf('q1', submission).reportId).not.toBe(one.reportId);
  const numbers = Array.from({ length: 5000 }, (_, index) => referenceOf('q7', `${submission}${index}`));
  expect(new Set(numbers.map(({ reportId }) => reportId)).size).toBe(5000);
  // Each letter of the alphabet comes at each place.
  for (let place = 0; place < 26; place++)
    if (![2, 11, 17, 23].includes(place))
      expect(new Set(numbers.map(({ reference }) => reference[place])).size).toBeGreaterThan(place < 2 ? 0 : 31);
});

test('it is read however it is typed, and its secret fits its report in its district alone', () => {
  const { reference, reportId, secretHash } = referenceOf('q7', submission);
  for (const typed of [reference, reference.toLowerCase(), reference.replaceAll('-', ' '), ` ${reference.slice(2)} `]) {
    const { secret, ...read } = readReference(typed)!;
    expect(read).toEqual({ reportId });
    expect(fitsSecret('q7', reportId, secret, secretHash)).toBe(true);
    expect(fitsSecret('q1', reportId, secret, secretHash)).toBe(false);
    expect(fitsSecret('q7', reportId, `${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`, secretHash)).toBe(
      false,
    );
  }
  expect(readReference('PA-O0IL1234-00000-00000-00000')!.reportId).toBe('PA-00111234');
});

test.each(['', 'PA', reference0().slice(0, -1), `${reference0()}0`, 'PA-UUUUUUUU-00000-00000-00000'])(
  '%j is none',
  (typed) => {
    expect(readReference(typed)).toBeUndefined();
  },
);

function reference0() {
  return referenceOf('q7', submission).reference;
}
