import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { LineState } from '../feed/connection.ts';
import { newCentre, show } from '../testing/given.ts';
import Connection from './Connection.svelte';

const nowMs = Date.parse('2021-08-24T05:00:00Z');
const open: LineState = {
  phase: 'open',
  since: nowMs - 600_000,
  lastMessageAt: nowMs - 3000,
  resumptions: 0,
  journalSilentSince: null,
  reloaded: false,
};
function said(language: 'vi' | 'en', state: LineState | undefined) {
  const centre = newCentre(language);
  centre.line.state = state;
  show(Connection, {}, centre);
  return screen.getByRole('status').textContent?.replace(/\s+/g, ' ').trim();
}

describe.each([
  [
    'vi',
    {
      connecting: 'Đang kết nối… tin gần nhất: chưa có tin mới',
      open: 'Trực tiếp tin gần nhất: 3 giây',
      lost: 'Mất kết nối 2 phút',
      journalSilent: 'Máy chủ ngừng phát tin 28 giây',
      resumed: 'Đã nối lại, không sót tin tin gần nhất: 3 giây',
      reloaded: 'Đã nối lại, tải lại toàn bộ tin gần nhất: 3 giây',
    },
  ],
  [
    'en',
    {
      connecting: 'Connecting… last message: no message yet',
      open: 'Live last message: 3 seconds',
      lost: 'Connection lost 2 minutes',
      journalSilent: 'The centre has fallen silent 28 seconds',
      resumed: 'Resumed, nothing lost last message: 3 seconds',
      reloaded: 'Resumed, all loaded again last message: 3 seconds',
    },
  ],
] as const)('%s', (language, t) => {
  test('before the first line', () => {
    expect(said(language, undefined)).toBe(t.connecting);
  });
  test('open, with the age of the last message', () => {
    expect(said(language, open)).toBe(t.open);
  });
  test('lost, and since when', () => {
    expect(said(language, { ...open, phase: 'lost', since: nowMs - 120_000 })).toBe(t.lost);
  });
  test('an open line behind which the journal is silent, and since when', () => {
    expect(said(language, { ...open, journalSilentSince: nowMs - 28_000 })).toBe(t.journalSilent);
  });
  test('a line that is lost is said before a journal that was silent', () => {
    const state = { ...open, phase: 'lost', since: nowMs - 120_000, journalSilentSince: nowMs - 300_000 } as const;
    expect(said(language, state)).toBe(t.lost);
  });
  test('found again: nothing lost, or everything loaded again', () => {
    expect(said(language, { ...open, since: nowMs - 1000, resumptions: 1 })).toBe(t.resumed);
  });
  test('found again after everything had to be loaded', () => {
    expect(said(language, { ...open, since: nowMs - 1000, resumptions: 1, reloaded: true })).toBe(t.reloaded);
  });
  test('the news of a resumption go after some seconds', () => {
    expect(said(language, { ...open, since: nowMs - 8000, resumptions: 1 })).toBe(t.open);
  });
});
