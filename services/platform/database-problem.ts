import { Problem } from './problem.ts';

/** Values that PostgreSQL cannot make what they should be: text with wrong bytes, a number or a day out of its range. Source: its appendix "Error Codes", class 22. */
const notReadable = new Set(['22003', '22007', '22008', '22009', '22015', '22021', '22023', '22P02', '22P05']);

/**
 * What a failed read is told as: a question that takes the database too long, one that needs too much of it, or one with a value that it cannot read. Undefined:
 * something else is wrong.
 *
 * @param error as the database's client throws it
 * @param reads the request changes nothing: its values come from the address alone, so the fault is there
 */
export function databaseProblem(error: unknown, reads: boolean): Problem | undefined {
  const { code } = error as { code?: string };
  if (code === '57014')
    return new Problem(504, 'The question takes too long', {
      detail:
        'The database was stopped after its time for one question. Ask for fewer days, a smaller area or a smaller page.',
      vietnamese: {
        detail:
          'Cơ sở dữ liệu đã dừng vì câu hỏi quá thời gian cho phép. Hãy hỏi ít ngày hơn, khu vực nhỏ hơn hoặc trang ngắn hơn.',
      },
    });
  if (code === '53400')
    return new Problem(503, 'The question needs too much space', {
      detail:
        'The database was stopped at its space for one question. Ask for fewer days, a smaller area or a smaller page.',
      vietnamese: {
        detail:
          'Cơ sở dữ liệu đã dừng vì câu hỏi cần quá nhiều chỗ. Hãy hỏi ít ngày hơn, khu vực nhỏ hơn hoặc trang ngắn hơn.',
      },
    });
  if (reads && code !== undefined && notReadable.has(code)) {
    const reason = 'a value in the address is outside of what can be asked for';
    return new Problem(422, 'The request does not fit', {
      errors: [{ field: 'query', reason, words: { vi: 'có giá trị ngoài phạm vi có thể hỏi', en: reason } }],
    });
  }
  return undefined;
}
