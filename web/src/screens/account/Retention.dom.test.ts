import { screen } from '@testing-library/svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ToldRetention } from '../../api/answers.ts';
import { languages, newCentre, show } from '../../testing/given.ts';
import Retention from './Retention.svelte';

afterEach(() => vi.unstubAllGlobals());

const rule: ToldRetention = {
  ...{ class: 'caller-identity', periodDays: null, removedBy: 'hotline', verified: false },
  words: { vi: 'Người gọi', en: 'Callers' },
  counted: { vi: 'từ ngày cuối', en: 'from the last day' },
  source: { vi: 'Quyết định thử', en: 'A decision of a test' },
};
const told = {
  vi: {
    open: 'Người gọi: Chưa quyết định: giữ đến khi có yêu cầu xóa',
    set: 'Người gọi: 30 ngày từ ngày cuối Căn cứ: Quyết định thử · chưa đối chiếu với văn bản gốc',
  },
  en: {
    open: 'Callers: Not decided: kept until removal is asked for',
    set: 'Callers: 30 days from the last day Source: A decision of a test · not compared with the original text',
  },
};

describe.each(languages)('%s', (language) => {
  test.each([
    ['open', null],
    ['set', 30],
  ] as const)('a period that is %s', async (name, periodDays) => {
    const retention = [{ ...rule, periodDays }];
    vi.stubGlobal('fetch', async () => Response.json({ services: [], retention }));
    show(Retention, {}, newCentre(language));
    const row = await screen.findByRole('listitem');
    expect(row.textContent?.replace(/\s+/g, ' ').trim()).toBe(told[language][name]);
  });
});
