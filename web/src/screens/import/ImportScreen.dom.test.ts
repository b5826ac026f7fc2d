import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { newCentre, show } from '../../testing/given.ts';
import { type Asked, problem, serve } from '../../testing/serve.ts';
import ImportScreen from './ImportScreen.svelte';
import type { ImportReport } from './import-answer.ts';

const trial: ImportReport = {
  id: 'i1',
  state: 'done',
  progress: 1,
  accepted: 1200,
  rejected: 1,
  mapping: [
    { field: 'confirmedDate', column: 'Ngày XN', example: '2021-08-23' },
    { field: 'source', constant: 'cases.csv' },
    { field: 'unheardOf', column: 'x', example: '' },
  ],
  rejectedRows: [{ line: 7, column: 'Tuổi', value: '240', reason: 'at most 120' }],
};

const told = {
  vi: {
    kind: 'Loại số liệu',
    kinds: ['Ca bệnh', 'Vi phạm'],
    file: 'Tệp',
    noFile: 'chưa chọn tệp',
    preview: 'Kiểm tra trước',
    commit: 'Nhập chính thức',
    accepted: '1.200 dòng hợp lệ',
    rejected: '1 dòng bị loại',
    done: 'Đã nạp 1.199 dòng',
    mapping: [
      ['Trường', 'Cột', 'Dòng mẫu'],
      ['Ngày có kết quả dương tính', 'Ngày XN', '2021-08-23'],
      ['Nguồn', '= cases.csv', ''],
      ['unheardOf', 'x', ''],
    ],
    rows: [
      ['Dòng', 'Cột', 'Giá trị', 'Lý do'],
      ['7', 'Tuổi', '240', 'at most 120'],
    ],
    all: 'Tải về mọi dòng bị loại',
    missing: 'Chưa có dịch vụ này',
  },
  en: {
    kind: 'Kind of data',
    kinds: ['Cases', 'Violations'],
    file: 'File',
    noFile: 'no file chosen',
    preview: 'Preview',
    commit: 'Import',
    accepted: '1,200 rows fit',
    rejected: '1 rows rejected',
    done: '1,199 rows imported',
    mapping: [
      ['Field', 'Column', 'Sample rows'],
      ['Confirmed', 'Ngày XN', '2021-08-23'],
      ['Source', '= cases.csv', ''],
      ['unheardOf', 'x', ''],
    ],
    rows: [
      ['Line', 'Column', 'Value', 'Reason'],
      ['7', 'Tuổi', '240', 'at most 120'],
    ],
    all: 'Download all rejected rows',
    missing: 'This service is not there yet',
  },
};

describe.each(['vi', 'en'] as const)('%s', (language) => {
  const t = told[language];
  const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
  const choose = () =>
    fireEvent.change(screen.getByLabelText(t.file), {
      target: { files: [new File(['a,b'], 'cases.csv', { type: 'text/csv' })] },
    });
  const cells = (table: HTMLElement) =>
    within(table)
      .getAllByRole('row')
      .map((row) => [...row.children].map((cell) => cell.textContent));

  test('nothing is sent without a file, and nothing is written without a look first', async () => {
    serve({ '/api/imports/cases': trial });
    show(ImportScreen, {}, newCentre(language));
    expect(screen.getByText(t.noFile)).toBeTruthy();
    expect([button(t.preview).disabled, button(t.commit).disabled]).toEqual([true, true]);
    await choose();
    expect(screen.getByText('cases.csv')).toBeTruthy();
    expect([button(t.preview).disabled, button(t.commit).disabled]).toEqual([false, true]);
    await fireEvent.click(button(t.preview));
    expect(await screen.findByText(t.accepted)).toBeTruthy();
    expect(button(t.commit).disabled).toBe(false);
  });

  test('a trial says which column is which field, and what is wrong with which row', async () => {
    const asked = serve({ '/api/imports/cases': trial });
    show(ImportScreen, {}, newCentre(language));
    await choose();
    await fireEvent.click(button(t.preview));
    await screen.findByText(t.accepted);
    const [mapping, rows] = screen.getAllByRole('table');
    expect(cells(mapping!)).toEqual(t.mapping);
    expect(cells(rows!)).toEqual(t.rows);
    expect(screen.getAllByText(t.rejected).length).toBeGreaterThan(0);
    expect(screen.getByRole('link', { name: t.all }).getAttribute('href')).toBe('/api/imports/i1/rejects');
    expect(asked[0]).toMatchObject({
      method: 'POST',
      query: { district: 'q7', dryRun: 'true', source: 'cases.csv' },
    });
  });

  test('then it is written, once', async () => {
    const asked = serve({
      '/api/imports/cases': ({ query }: Asked) => (query.dryRun === 'true' ? trial : { ...trial, accepted: 1199 }),
    });
    show(ImportScreen, {}, newCentre(language));
    await choose();
    await fireEvent.click(button(t.preview));
    await screen.findByText(t.accepted);
    await fireEvent.click(button(t.commit));
    expect(await screen.findByText(t.done)).toBeTruthy();
    expect(asked.map(({ query }) => query.dryRun)).toEqual(['true', 'false']);
    expect(button(t.commit).disabled).toBe(true);
  });

  test('of a list that was handed in before it says how many rows are as they were', async () => {
    serve({ '/api/imports/cases': { ...trial, unchanged: 1198 } });
    show(ImportScreen, {}, newCentre(language));
    await choose();
    await fireEvent.click(button(t.preview));
    const told =
      language === 'vi' ? 'trong đó 1.198 dòng đã có, không đổi' : 'of these 1,198 rows were there already, unchanged';
    expect(await screen.findByText(told)).toBeTruthy();
  });

  test('another kind is another question: what was tried before is forgotten', async () => {
    const asked = serve({ '/api/imports/cases': trial, '/api/imports/violations': trial });
    show(ImportScreen, {}, newCentre(language));
    const kind = screen.getByRole<HTMLSelectElement>('combobox', { name: t.kind });
    expect([...kind.options].map((option) => option.textContent)).toEqual(expect.arrayContaining(t.kinds));
    await choose();
    await fireEvent.click(button(t.preview));
    await screen.findByText(t.accepted);
    await fireEvent.change(kind, { target: { value: 'violations' } });
    expect(screen.queryByText(t.accepted)).toBeNull();
    expect(button(t.commit).disabled).toBe(true);
    await fireEvent.click(button(t.preview));
    await screen.findByText(t.accepted);
    expect(asked.at(-1)!.path).toBe('/api/imports/violations');
  });

  test('what the file leaves open is asked, answered in the form, and sent; findings are told in the language of the screen', async () => {
    const findings = [{ vi: 'Tên cột ở dòng 3', en: 'The column names stand on line 3' }];
    const notes = [{ note: 'taken without', noteVi: 'bỏ ô này', rows: 2 }];
    let answer: unknown = problem(422, {
      errors: [{ field: 'file', reason: 'may be 12000 or 12' }],
    });
    const asked = serve({ '/api/imports/cases': () => answer });
    show(ImportScreen, {}, newCentre(language));
    await choose();
    await fireEvent.click(button(t.preview));
    expect(await screen.findByText('file: may be 12000 or 12')).toBeTruthy();
    const select = (name: string) => screen.getByRole<HTMLSelectElement>('combobox', { name });
    await fireEvent.change(select(language === 'vi' ? 'Cách viết số' : 'How numbers are written'), {
      target: { value: 'vi' },
    });
    await fireEvent.change(select(language === 'vi' ? 'Cách viết ngày' : 'How dates are written'), {
      target: { value: 'dmy' },
    });
    answer = {
      ...trial,
      findings,
      notes,
      rejectedRows: [{ line: 7, column: 'Tuổi', value: '240', reason: 'at most 120', reasonVi: 'nhiều nhất 120' }],
    };
    await fireEvent.click(button(t.preview));
    expect(await screen.findByText(findings[0]![language])).toBeTruthy();
    expect(screen.getByText(language === 'vi' ? '2 dòng: bỏ ô này' : '2 rows: taken without')).toBeTruthy();
    expect(screen.getByText(language === 'vi' ? 'nhiều nhất 120' : 'at most 120')).toBeTruthy();
    expect(asked[0]!.query).not.toHaveProperty('numberFormat');
    expect(asked[1]!.query).toMatchObject({ numberFormat: 'vi', dateFormat: 'dmy' });
  });

  test('a file that is refused says why, and nothing can be written', async () => {
    serve({
      '/api/imports/cases': {
        ...trial,
        state: 'refused',
        accepted: undefined,
        mapping: [],
        reason: 'line 7 has 9 cells',
      },
    });
    show(ImportScreen, {}, newCentre(language));
    await choose();
    await fireEvent.click(button(t.preview));
    expect((await screen.findByRole('alert')).textContent).toBe('line 7 has 9 cells');
    expect(button(t.commit).disabled).toBe(true);
  });

  test('a door that is not there, and one that names a field', async () => {
    let answer = problem(404);
    serve({ '/api/imports/cases': () => answer });
    show(ImportScreen, {}, newCentre(language));
    await choose();
    await fireEvent.click(button(t.preview));
    expect((await screen.findByRole('alert')).textContent).toContain(t.missing);
    answer = problem(422, { detail: 'no', errors: [{ field: 'header', value: 'x', reason: 'twice' }] });
    await fireEvent.click(button(t.preview));
    expect(await screen.findByText('header = “x”: twice')).toBeTruthy();
  });
});
