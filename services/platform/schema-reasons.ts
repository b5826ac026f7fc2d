import type { z } from '@hono/zod-openapi';

type Issue = z.core.$ZodIssue;

/** Why a value does not fit its schema, with the bound: as programmes read it. */
export function reasonOf(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      return `${issue.message}; at least ${issue.minimum}`;
    case 'too_big':
      return `${issue.message}; at most ${issue.maximum}`;
    case 'invalid_value':
      return `one of ${listed(issue.values)}`;
    default:
      return issue.message;
  }
}

/** The same in Vietnamese; undefined where the schema has words of its own, which are English unless it gives a check `params: { vi }`. */
export function vietnameseReasonOf(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'too_small':
      return `ít nhất ${quantity(issue.origin, issue.minimum, issue.inclusive)}`;
    case 'too_big':
      return `nhiều nhất ${quantity(issue.origin, issue.maximum, issue.inclusive)}`;
    case 'invalid_value':
      return `một trong: ${listed(issue.values)}`;
    case 'invalid_type':
      return / received undefined$/.test(issue.message)
        ? 'bắt buộc'
        : `phải là ${typeWords[issue.expected] ?? issue.expected}`;
    case 'invalid_format':
      return formatWords[issue.format];
    case 'custom':
      return typeof issue.params?.vi === 'string' ? issue.params.vi : undefined;
    default:
      return undefined;
  }
}

const listed = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join(', ');

function quantity(origin: string, bound: number | bigint, inclusive: boolean | undefined): string {
  if (origin === 'string') return `${bound} ký tự`;
  if (origin === 'array') return `${bound} phần tử`;
  return inclusive === false ? `${bound}, không kể ${bound}` : `là ${bound}`;
}

const typeWords: Record<string, string> = {
  string: 'chữ',
  number: 'số',
  int: 'số nguyên',
  boolean: 'true hoặc false',
  array: 'danh sách',
  object: 'đối tượng JSON',
  record: 'đối tượng JSON',
};

const formatWords: Record<string, string> = {
  date: 'không phải một ngày (YYYY-MM-DD)',
  datetime: 'không phải một thời điểm có múi giờ (RFC 3339)',
};
