import { fireEvent, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { languages, newCentre, show } from '../../testing/given.ts';
import { district } from '../../testing/place.ts';
import PersonRemoval from './PersonRemoval.svelte';

afterEach(() => vi.unstubAllGlobals());

const told = {
  vi: {
    remove: 'Xóa thông tin của người này',
    caseId: 'Mã ca',
    reference: 'Số văn bản yêu cầu',
    reason: /^Lý do/,
    again: 'Gõ lại mã ca “F0-7” để xác nhận',
    kept: 'Văn bản 12/YC: người bệnh yêu cầu',
    done: 'Đã xóa thông tin của ca F0-7; 3 khóa đã bị hủy.',
    before: 'Ca F0-7 đã được xóa thông tin từ trước.',
    refused: /^Chưa xóa được: không có mã này/,
    final: /^Không thể hoàn tác/,
  },
  en: {
    remove: 'Remove this person',
    caseId: 'Case',
    reference: 'Reference of the request',
    reason: /^Reason/,
    again: 'Type the case “F0-7” again to confirm',
    kept: 'Request 12/YC: người bệnh yêu cầu',
    done: 'The person of case F0-7 is removed; 3 keys are destroyed.',
    before: 'The person of case F0-7 was removed before.',
    refused: /^Not removed: không có mã này/,
    final: /^It cannot be undone/,
  },
};

describe.each(languages)('%s', (language) => {
  const t = told[language];
  const type = (label: string | RegExp, value: string) =>
    fireEvent.input(screen.getByLabelText(label), { target: { value } });
  const button = () => screen.getByRole('button', { name: t.remove }) as HTMLButtonElement;
  /** Answers every request, and keeps what was asked. */
  const answering = (status: number, body: object) => {
    const asked: { url: string; body: unknown }[] = [];
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      asked.push({ url, body: JSON.parse(String(init.body)) });
      return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
    });
    return asked;
  };
  const fill = async () => {
    await type(t.caseId, 'F0-7');
    await type(t.reference, ' 12/YC ');
    await type(t.reason, 'người bệnh yêu cầu');
  };

  test('what will happen is said, and nothing can be sent before the number is typed twice', async () => {
    const asked = answering(201, { sequence: 9, keys: 3 });
    show(PersonRemoval, {}, newCentre(language));
    expect(screen.getByText(t.final)).toBeTruthy();
    expect(button().disabled).toBe(true);
    await fill();
    expect(button().disabled).toBe(true);
    await type(t.again, 'F0-8');
    expect(button().disabled).toBe(true);
    await fireEvent.submit(button().closest('form')!);
    expect(asked).toEqual([]);
    await type(t.again, 'F0-7');
    expect(button().disabled).toBe(false);
  });

  test('the request and the reason are kept; the answer is said and the form is empty again', async () => {
    const asked = answering(201, { sequence: 9, keys: 3 });
    show(PersonRemoval, {}, newCentre(language));
    await fill();
    await type(t.again, 'F0-7');
    await fireEvent.submit(button().closest('form')!);
    await screen.findByText(t.done);
    expect(asked).toEqual([
      {
        url: `/api/epidemic/cases/F0-7/removal?district=${district.district}`,
        body: { basis: 'request', reason: t.kept },
      },
    ]);
    expect((screen.getByLabelText(t.caseId) as HTMLInputElement).value).toBe('');
    expect(button().disabled).toBe(true);
  });

  test('who was removed before is said; a refusal says why', async () => {
    answering(201, { sequence: null, keys: 0 });
    show(PersonRemoval, {}, newCentre(language));
    await fill();
    await type(t.again, 'F0-7');
    await fireEvent.submit(button().closest('form')!);
    await screen.findByText(t.before);
    answering(404, { title: 'x', errors: [{ field: 'param.caseId', reason: 'không có mã này' }] });
    await fill();
    await type(t.again, 'F0-7');
    await fireEvent.submit(button().closest('form')!);
    await screen.findByText(t.refused);
  });
});
