import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../testing/given.ts';
import { serve } from '../testing/serve.ts';
import Rail from './Rail.svelte';
import { inTabBar } from './screens.ts';
import TabBar from './TabBar.svelte';

const told = {
  vi: {
    nav: 'Màn hình theo công việc',
    order: 'Trật tự đô thị',
    import: 'Nhập từ tệp',
    entry: 'Nhập liệu',
    more: 'Khác',
  },
  en: { nav: 'Screens by job', order: 'Urban order', import: 'Import', entry: 'Data entry', more: 'More' },
};
const me = (role: string) => ({
  known: true,
  kind: 'user',
  id: 'a',
  name: 'A',
  email: null,
  grants: [{ role, districts: ['q7'], areas: 'all' }],
  purpose: null,
  asksPurpose: false,
  needsFactor: false,
  manages: false,
  firstAdministrator: false,
});

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test('a screen by job is a link with an address of its own; the one that is open is marked', async () => {
    serve({});
    const centre = show(Rail, {}, newCentre(language));
    const rail = within(screen.getByRole('navigation', { name: t.nav }));
    const link = rail.getByRole('link', { name: t.order });
    expect(link.getAttribute('href')).toContain('screen=order');
    centre.openThing({ noun: 'violation', id: 'v1' });
    await fireEvent.click(link);
    expect(centre.screen).toBe('order');
    expect(centre.thing).toBeUndefined();
    expect(link.getAttribute('aria-current')).toBe('page');
  });

  test('who may change nothing is offered neither forms nor files', async () => {
    serve({ '/api/identity/me': me('administrator') });
    const centre = newCentre(language);
    await centre.account.load();
    show(Rail, {}, centre);
    expect(await screen.findByRole('button', { name: t.import })).toBeTruthy();
    expect(screen.queryByRole('button', { name: t.entry })).toBeNull();
  });

  test.each([
    ['programme', true],
    ['visitor', false],
  ])('to a %s forms are offered: %s', async (kind, offered) => {
    serve({ '/api/identity/me': { ...me('analyst'), kind, known: kind !== 'visitor', grants: [] } });
    const centre = newCentre(language);
    await centre.account.load();
    show(Rail, {}, centre);
    expect(screen.getByRole('link', { name: t.order })).toBeTruthy();
    expect(screen.queryByRole('button', { name: t.entry }) !== null).toBe(offered);
  });

  test('on a phone the screens beyond the bar stand behind one button, which ends with Escape', async () => {
    serve({});
    const centre = show(TabBar, {}, newCentre(language));
    expect(screen.getAllByRole('link')).toHaveLength(inTabBar);
    const more = screen.getByRole('button', { name: t.more });
    await fireEvent.click(more);
    expect(more.getAttribute('aria-expanded')).toBe('true');
    await fireEvent.keyDown(window, { key: 'Escape' });
    expect(more.getAttribute('aria-expanded')).toBe('false');
    await fireEvent.click(more);
    await fireEvent.click(screen.getByRole('link', { name: t.import }));
    expect(centre.screen).toBe('import');
    expect(more.getAttribute('aria-expanded')).toBe('false');
  });
});

test('a drawer ends at the screen over which it lies; a form is filled in over the map', () => {
  serve({});
  const centre = newCentre();
  centre.go('order');
  centre.go('models');
  expect([centre.screen, centre.behind]).toEqual(['models', 'order']);
  centre.closeDrawer();
  expect(centre.screen).toBe('order');
  centre.go('entry');
  expect(centre.behind).toBe('map');
});
