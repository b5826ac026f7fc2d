import { cleanup, fireEvent, screen } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { newCentre, show } from '../testing/given.ts';
import Drawer from './Drawer.svelte';

const props = {
  title: 'Nhập liệu',
  children: createRawSnippet(() => ({ render: () => '<label>Tuổi <input /></label>' })),
};
const button = () => document.body.appendChild(document.createElement('button'));

test('a drawer takes the focus to its heading and gives it back to who had it', () => {
  const opener = button();
  opener.focus();
  show(Drawer, props);
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Nhập liệu' }));
  screen.getByRole('textbox').focus();
  cleanup();
  expect(document.activeElement).toBe(opener);
});

test('who went on to something else meanwhile keeps the focus; Escape ends the drawer', async () => {
  const [opener, other] = [button(), button()];
  opener.focus();
  const centre = newCentre();
  centre.go('entry');
  show(Drawer, props, centre);
  other.focus();
  await fireEvent.keyDown(window, { key: 'Escape' });
  expect(centre.screen).toBe('map');
  cleanup();
  expect(document.activeElement).toBe(other);
});
