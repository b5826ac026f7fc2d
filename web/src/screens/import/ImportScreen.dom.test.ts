import { fireEvent, screen, within } from '@testing-library/svelte';
import type { ColumnLook } from '@vungxanh/services/contracts/http/imports.ts';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../../testing/given.ts';
import { type Asked, problem, serve } from '../../testing/serve.ts';
import ImportScreen from './ImportScreen.svelte';
import type { ImportReport } from './import-answer.ts';

const look: ColumnLook = {
  rows: 3,
  columns: [
    { name: 'Mã', samples: ['c1', 'c2'] },
    { name: 'Ngày XN', samples: ['2021-08-23'] },
    { name: 'Tuổi', samples: ['40', '240'] },
    { name: 'Ghi chú', samples: [] },
  ],
  fields: [
    { field: 'caseId', required: true, column: 'Mã', evidence: 'vague-name' },
    { field: 'confirmedDate', required: true, column: 'Ngày XN', evidence: 'name' },
    { field: 'ageYears', required: false },
  ],
  dateFormats: [],
  numberFormats: [],
  questions: [],
  placeless: false,
  findings: [],
};
const trial: ImportReport = {
  id: 'i1',
  kind: 'cases',
  state: 'done',
  progress: 1,
  rows: 4,
  accepted: 1200,
  rejected: 1,
  folded: 1,
  foldedRows: [{ line: 9, sameAs: 2 }],
  columns: look.columns.map(({ name }) => name),
  mapping: [
    { field: 'caseId', column: 'Mã' },
    { field: 'confirmedDate', column: 'Ngày XN', example: '2021-08-23' },
    { field: 'ageYears', column: 'Tuổi' },
  ],
  rejectedRows: [{ line: 7, column: 'Tuổi', value: '240', reason: 'at most 120', reasonVi: 'nhiều nhất 120' }],
  rejectedLines: [{ line: 7, cells: ['c7', '2021-08-23', '240', ''] }],
};
const clean: ImportReport = { ...trial, accepted: 1201, rejected: 0, rejectedRows: [], rejectedLines: [] };

const told = {
  vi: {
    kind: 'Loại số liệu',
    kinds: ['Ca bệnh', 'Vi phạm'],
    file: 'Tệp',
    noFile: 'chưa chọn tệp',
    read: 'Đọc tệp',
    check: 'Kiểm tra',
    back: 'Quay lại',
    commit: (count: string) => `Nhập chính thức ${count} dòng`,
    accepted: '1.200 dòng hợp lệ',
    rejected: '1 dòng bị loại',
    folded: 'dòng 9 lặp lại dòng 2',
    done: 'Đã nhập 1.201 dòng',
    cell: 'Dòng 7, Tuổi',
    reason: 'nhiều nhất 120',
    mended: 'đã sửa',
    was: 'trong tệp: 240',
    all: 'Tải về mọi dòng bị loại',
    missing: 'Chưa có dịch vụ này',
    required: 'bắt buộc',
    vague: /tên này chung chung/,
    date: 'Ngày có kết quả dương tính',
    age: 'Tuổi',
    dateFormat: 'Cách viết ngày',
    unchanged: 'trong đó 1.198 dòng đã có, không đổi',
    undo: 'Hoàn tác',
    undoGo: 'Rút 2 mục',
    undone: 'Đã rút 1 mục',
    left: /1 mục để nguyên vì người khác đã ghi thêm: c2/,
    never: /Không có sự kiện nào rút lại/,
  },
  en: {
    kind: 'Kind of data',
    kinds: ['Cases', 'Violations'],
    file: 'File',
    noFile: 'no file chosen',
    read: 'Read the file',
    check: 'Check',
    back: 'Back',
    commit: (count: string) => `Import ${count} rows`,
    accepted: '1,200 rows fit',
    rejected: '1 rows rejected',
    folded: 'line 9 repeats line 2',
    done: '1,201 rows imported',
    cell: 'Line 7, Tuổi',
    reason: 'at most 120',
    mended: 'mended',
    was: 'in the file: 240',
    all: 'Download all rejected rows',
    missing: 'This service is not there yet',
    required: 'required',
    vague: /may mean anything/,
    date: 'Confirmed',
    age: 'Age',
    dateFormat: 'How dates are written',
    unchanged: 'of these 1,198 rows were there already, unchanged',
    undo: 'Undo',
    undoGo: 'Take back 2',
    undone: '1 taken back',
    left: /1 left, as others have added to them: c2/,
    never: /No event takes back/,
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];
  const number = (count: number) => count.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB');
  const button = (name: string) => screen.findByRole<HTMLButtonElement>('button', { name });
  const click = async (name: string) => fireEvent.click(await button(name));
  const choose = () =>
    fireEvent.change(screen.getByLabelText(t.file), {
      target: { files: [new File(['a,b'], 'cases.csv', { type: 'text/csv' })] },
    });
  const open = (answers: Record<string, unknown>) => {
    const asked = serve({ '/api/imports': [], '/api/imports/cases/columns': look, ...answers });
    show(ImportScreen, {}, newCentre(language));
    return asked;
  };
  const toTheCells = async () => {
    await choose();
    await click(t.read);
    await click(t.check);
    await screen.findByText(t.accepted);
  };
  const correctionsOf = ({ form }: Asked) => JSON.parse(String(form?.get('corrections') ?? '[]'));

  test('nothing is sent without a file; another kind forgets what was told of the one before', async () => {
    const asked = open({ '/api/imports/violations/columns': look });
    expect(screen.getByText(t.noFile)).toBeTruthy();
    expect((await button(t.read)).disabled).toBe(true);
    const kind = screen.getByRole<HTMLSelectElement>('combobox', { name: t.kind });
    expect([...kind.options].map((option) => option.textContent)).toEqual(expect.arrayContaining(t.kinds));
    await choose();
    await fireEvent.change(kind, { target: { value: 'violations' } });
    await click(t.read);
    await button(t.check);
    expect(asked.at(-1)).toMatchObject({ method: 'POST', path: '/api/imports/violations/columns' });
  });

  test('each field has its column, with the evidence; another one is chosen from a list', async () => {
    const asked = open({});
    await choose();
    await click(t.read);
    const row = (field: string) => within(document.querySelector<HTMLElement>(`[data-field="${field}"]`)!);
    const date = await screen.findByRole<HTMLSelectElement>('combobox', { name: t.date });
    expect(date.value).toBe('Ngày XN');
    expect(row('confirmedDate').getByText('2021-08-23')).toBeTruthy();
    expect(row('caseId').getByText(t.vague)).toBeTruthy();
    expect(row('caseId').getByText(t.required)).toBeTruthy();
    await fireEvent.change(screen.getByRole('combobox', { name: t.age }), { target: { value: 'Tuổi' } });
    await expect.poll(() => asked.at(-1)!.query.map).toBe('{"ageYears":"Tuổi"}');
    await fireEvent.change(screen.getByRole('combobox', { name: t.age }), { target: { value: ' none' } });
    await expect.poll(() => asked.at(-1)!.query.map).toBe('{"ageYears":""}');
    expect(asked.at(-1)!.query).toMatchObject({ district: 'q7', source: 'cases.csv' });
  });

  test('what the file leaves open is asked with its evidence, and nothing goes on before it is answered', async () => {
    const words = { vi: 'không ngày nào cho biết', en: 'no date tells' };
    const asked = open({
      '/api/imports/cases/columns': ({ query }: Asked) =>
        query.dateFormat
          ? look
          : {
              ...look,
              questions: [{ asks: 'date-format', field: 'confirmedDate', column: 'Ngày XN', line: 2, words }],
            },
    });
    await choose();
    await click(t.read);
    expect(await screen.findByText(new RegExp(words[language]))).toBeTruthy();
    expect((await button(t.check)).disabled).toBe(true);
    await fireEvent.change(screen.getByRole('combobox', { name: new RegExp(t.dateFormat) }), {
      target: { value: 'dmy' },
    });
    await expect.poll(async () => (await button(t.check)).disabled).toBe(false);
    expect(asked.at(-1)!.query).toMatchObject({ dateFormat: 'dmy' });
  });

  test('of a workbook with several sheets it is asked which one, and the file goes along with it', async () => {
    const words = { vi: 'nhiều trang có bảng', en: 'several sheets hold a table' };
    const asked = open({
      '/api/imports/cases/columns': ({ query }: Asked) =>
        query.sheet ? look : { ...look, columns: [], questions: [{ asks: 'sheet', sheets: ['T8', 'T9'], words }] },
    });
    await choose();
    await click(t.read);
    expect(await screen.findByText(words[language])).toBeTruthy();
    const sheet = await screen.findByRole('combobox', { name: language === 'vi' ? /^Trang tính/ : /^Sheet/ });
    await fireEvent.change(sheet, { target: { value: 'T9' } });
    await expect.poll(async () => (await button(t.check)).disabled).toBe(false);
    expect(asked.at(-1)!.query).toMatchObject({ sheet: 'T9' });
  });

  test('a cell is mended in place and judged again; then the file is taken in, once', async () => {
    const asked = open({
      '/api/imports/cases': ({ form }: Asked) => (form?.get('corrections') ? clean : trial),
    });
    await toTheCells();
    expect(screen.getByText(t.rejected)).toBeTruthy();
    expect(screen.getByText(t.folded)).toBeTruthy();
    expect(screen.getByText(t.reason)).toBeTruthy();
    expect(screen.getByRole('link', { name: t.all }).getAttribute('href')).toBe('/api/imports/i1/rejects');
    const cell = screen.getByRole<HTMLInputElement>('textbox', { name: t.cell });
    expect(cell.value).toBe('240');
    await fireEvent.change(cell, { target: { value: '24' } });
    expect(await screen.findByText(t.mended)).toBeTruthy();
    expect(screen.getByText(t.was)).toBeTruthy();
    expect(correctionsOf(asked.at(-1)!)).toEqual([{ line: 7, column: 'Tuổi', value: '24' }]);
    await click(t.commit(number(1201)));
    expect(await screen.findByText(t.done)).toBeTruthy();
    const sent = asked.filter(({ path }) => path === '/api/imports/cases');
    expect(sent.map(({ query }) => query.dryRun)).toEqual(['true', 'true', 'false']);
    expect(correctionsOf(sent.at(-1)!)).toHaveLength(1);
    expect(screen.queryByRole('button', { name: t.commit(number(1201)) })).toBeNull();
  });

  test('of a list that was handed in before it says how many rows are as they were', async () => {
    open({ '/api/imports/cases': { ...trial, unchanged: 1198 } });
    await toTheCells();
    expect(screen.getByText(t.unchanged)).toBeTruthy();
  });

  test('a file that is refused, and a door that is not there', async () => {
    let answer: unknown = problem(422, { title: 'damaged', errors: [{ field: 'line 7', reason: 'has 9 cells' }] });
    open({ '/api/imports/cases/columns': () => answer });
    await choose();
    await click(t.read);
    expect((await screen.findByRole('alert')).textContent).toContain('line 7: has 9 cells');
    answer = problem(404);
    await click(t.read);
    await expect.poll(() => screen.getByRole('alert').textContent).toContain(t.missing);
  });

  const recent = (kind: string, more: object = {}) => ({
    ...clean,
    kind,
    source: `import/${kind}/t%C3%AAn.csv`,
    endedAt: '2021-08-24T01:00:00Z',
    born: 2,
    ...more,
  });

  test('an earlier import is taken back: what nobody else has spoken of, by an event with the reason', async () => {
    const history = [{ source: 'import/cases/t%C3%AAn.csv' }];
    const asked = open({
      '/api/imports': [recent('cases')],
      '/api/imports/i1/entities': ['c1', 'c2'],
      '/api/epidemic/cases/c1': { status: 'active', version: 3, history },
      '/api/epidemic/cases/c2': { status: 'active', version: 4, history: [...history, { source: 'epidemic' }] },
      '/api/epidemic/cases/c1/status': {},
    });
    expect(await screen.findByText('tên.csv')).toBeTruthy();
    await fireEvent.click(await screen.findByRole('button', { name: new RegExp(t.undo) }));
    await click(t.undoGo);
    expect(await screen.findByText(t.undone)).toBeTruthy();
    expect(screen.getByText(t.left)).toBeTruthy();
    const told = asked.filter(({ method }) => method === 'POST');
    expect(told).toMatchObject([
      {
        path: '/api/epidemic/cases/c1/status',
        json: { status: 'not-a-case', reason: expect.stringContaining('tên.csv') },
      },
    ]);
  });

  test('of a kind that no event takes back it says so', async () => {
    open({ '/api/imports': [recent('population')] });
    await fireEvent.click(await screen.findByRole('button', { name: new RegExp(t.undo) }));
    expect(await screen.findByText(t.never)).toBeTruthy();
  });
});
