import { fireEvent, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { newCentre, show } from '../testing/given.ts';
import DayBox from './DayBox.svelte';
import DayCalendar from './DayCalendar.svelte';

const type = (text: string) => fireEvent.input(screen.getByRole('textbox'), { target: { value: text } });
const leave = () => fireEvent.blur(screen.getByRole('textbox'));
const shown = () => screen.getByRole<HTMLInputElement>('textbox').value;

test.each(['vi', 'en'] as const)(
  'a day is typed day first, and written whole when the box is left (%s)',
  async (language) => {
    show(DayBox, {}, newCentre(language));
    await type('3/4/21');
    await leave();
    expect(shown()).toBe('03/04/2021');
    expect(screen.getByRole('textbox').getAttribute('aria-invalid')).toBe('false');
  },
);

test('what is no day is said, with how it is written, and stays as it was typed', async () => {
  show(DayBox, {}, newCentre('vi'));
  await type('31/02/2021');
  await leave();
  const box = screen.getByRole('textbox');
  expect([box.getAttribute('aria-invalid'), shown()]).toEqual(['true', '31/02/2021']);
  expect(document.getElementById(box.getAttribute('aria-describedby')!)?.textContent).toContain('ngày/tháng/năm');
  await type('28/02/2021');
  expect(box.getAttribute('aria-invalid')).toBe('false');
});

test('a day that was given is written as it is read', () => {
  show(DayBox, { value: '2021-08-24' }, newCentre('en'));
  expect(shown()).toBe('24/08/2021');
});

test('the calendar speaks Vietnamese, begins weeks on Monday, and gives the day that is pressed', async () => {
  const picked: string[] = [];
  show(DayCalendar, { value: '2021-08-24', pick: (day: string) => picked.push(day) }, newCentre('vi'));
  const heads = screen.getAllByRole('columnheader', { hidden: true }).map((head) => head.textContent?.trim());
  expect(heads[0]).toMatch(/^T\D*2$/);
  expect(heads.at(-1)).toBe('CN');
  expect(document.body.textContent).toMatch(/tháng 8/i);
  await fireEvent.click(screen.getAllByText('31').at(-1)!);
  expect(picked).toEqual(['2021-08-31']);
});
