import { expect, test } from 'vitest';
import { countRates } from './rate-limit.ts';

const limits = {
  send: { most: 2, windowMs: 1000 },
  photo: { most: 1, windowMs: 1000 },
  follow: { most: 1, windowMs: 1 },
  photoMegabytes: { most: 10, windowMs: 1000 },
};

test('so often within the window, from each address by itself; the wait is until the oldest counts no more', () => {
  const { take } = countRates(limits);
  expect([take('send', 'a', 0), take('send', 'a', 400), take('send', 'a', 999)]).toEqual([0, 0, 1]);
  expect(take('send', 'b', 999)).toBe(0);
  expect(take('photo', 'a', 999)).toBe(0);
  expect([take('send', 'a', 1000), take('send', 'a', 1001)]).toEqual([0, 399]);
});

test('what was refused is not counted', () => {
  const { take } = countRates(limits);
  take('photo', 'a', 0);
  for (let at = 1; at < 1000; at++) expect(take('photo', 'a', at)).toBe(1000 - at);
  expect(take('photo', 'a', 1000)).toBe(0);
});

test('several at once: until so many count no more that they have room', () => {
  const { take } = countRates(limits);
  expect([take('photoMegabytes', 'a', 0, 4), take('photoMegabytes', 'a', 300, 6)]).toEqual([0, 0]);
  expect([take('photoMegabytes', 'a', 400, 1), take('photoMegabytes', 'a', 400, 5)]).toEqual([600, 900]);
  expect(take('photoMegabytes', 'a', 1000, 4)).toBe(0);
  expect(take('photoMegabytes', 'b', 0, 11)).toBe(1000);
});
