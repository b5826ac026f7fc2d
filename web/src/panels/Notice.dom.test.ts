import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { HttpProblem } from '../api/http.ts';
import { newCentre, show } from '../testing/given.ts';
import Notice from './Notice.svelte';

const told = {
  vi: {
    away: 'Ca bệnh: dịch vụ không trả lời. Không nối được tới máy chủ.',
    missing: 'Ca bệnh: dịch vụ không trả lời. Chưa có dịch vụ này.',
    failed: 'Ca bệnh: dịch vụ không trả lời. Máy chủ trả lời lỗi 503.',
    refused: 'Ca bệnh: Nhiệm vụ của bạn không được xem hoặc làm điều này.',
    retry: 'Thử lại',
  },
  en: {
    away: 'Ca bệnh: the service does not answer. The server cannot be reached.',
    missing: 'Ca bệnh: the service does not answer. This service is not there yet.',
    failed: 'Ca bệnh: the service does not answer. The server answered with error 503.',
    refused: 'Ca bệnh: Your role does not permit this.',
    retry: 'Try again',
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];

  test.each([
    [0, t.away],
    [404, t.missing],
    [503, t.failed],
  ])('an answer of status %i is said in words', (status, text) => {
    show(
      Notice,
      { resource: { error: new HttpProblem(status, 'x'), loading: false }, what: 'Ca bệnh' },
      newCentre(language),
    );
    expect(screen.getByRole('status').textContent).toContain(text);
    expect(screen.queryByRole('button')).toBeNull();
  });

  test('what is of another duty is no fault of anything: it is said without a warning and without another try', () => {
    const refused = { error: new HttpProblem(403, 'x'), loading: false };
    show(Notice, { resource: refused, what: 'Ca bệnh', retry: () => {} }, newCentre(language));
    const notice = screen.getByRole('status');
    expect(notice.textContent).toContain(t.refused);
    expect(notice.textContent).not.toContain('⚠');
    expect(screen.queryByRole('button')).toBeNull();
  });

  test('what failed can be tried again, but not while it is on its way', async () => {
    const retry = vi.fn();
    const error = new HttpProblem(503, 'x');
    show(Notice, { resource: { error, loading: false }, what: 'Ca bệnh', retry }, newCentre(language));
    await fireEvent.click(screen.getByRole('button', { name: t.retry }));
    expect(retry).toHaveBeenCalledOnce();
  });
});

test('what is on its way cannot be asked for twice', () => {
  show(Notice, { resource: { error: new HttpProblem(503, 'x'), loading: true }, what: 'Ca bệnh', retry: () => {} });
  expect(screen.getByRole<HTMLButtonElement>('button').disabled).toBe(true);
});

test('nothing is said of what did not fail', () => {
  show(Notice, { resource: { error: undefined, loading: true }, what: 'Ca bệnh', retry: () => {} });
  expect(screen.queryByRole('status')).toBeNull();
});
