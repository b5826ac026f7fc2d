import type { z } from '@hono/zod-openapi';
import { vietnamesePhrase } from './problem-phrases.ts';
import { vietnameseTitles } from './problem-titles.ts';
import type { Language } from './reader-language.ts';
import { reasonOf, vietnameseReasonOf } from './schema-reasons.ts';

/** One thing that is wrong with what was sent: where, what it was, and what is allowed. */
export interface FieldError {
  field: string;
  value?: unknown;
  reason: string;
}

/** The same, with the reason in the languages of those who read it; left out: there is the English one only. */
export interface WordedError extends FieldError {
  words?: Readonly<Record<Language, string>>;
}

/** What a reader of a language is told. */
export const inLanguage = ({ words, ...error }: WordedError, language: Language): FieldError => ({
  ...error,
  reason: words?.[language] ?? (language === 'vi' ? vietnamesePhrase(error.reason) : undefined) ?? error.reason,
});

/**
 * An answer other than success, told as problem+json.
 * Source: RFC 9457, Problem Details for HTTP APIs.
 */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly errors: FieldError[];
  readonly extensions: Record<string, unknown>;
  readonly headers: Record<string, string>;
  private readonly worded: readonly WordedError[];
  private readonly vietnamese: { title?: string; detail?: string };

  constructor(
    status: number,
    title: string,
    options: {
      detail?: string;
      errors?: readonly WordedError[];
      /** Title and detail for whoever reads Vietnamese; left out: a title that all services know is there by itself. */
      vietnamese?: { title?: string; detail?: string };
      extensions?: Record<string, unknown>;
      headers?: Record<string, string>;
      cause?: unknown;
    } = {},
  ) {
    super(options.detail ?? title, { cause: options.cause });
    this.name = 'Problem';
    this.status = status;
    this.title = title;
    this.worded = options.errors ?? [];
    this.vietnamese = options.vietnamese ?? {};
    this.errors = this.worded.map((error) => inLanguage(error, 'en'));
    this.extensions = options.extensions ?? {};
    this.headers = options.headers ?? {};
  }

  toJSON() {
    return this.toldIn('en');
  }

  /** What is answered to a reader of a language. */
  toldIn(language: Language) {
    const errors = this.worded.map((error) => inLanguage(error, language));
    const { title = vietnameseTitles[this.title], detail } =
      language === 'vi'
        ? { detail: vietnamesePhrase(this.message), ...this.vietnamese }
        : { title: this.title, detail: this.message };
    // A detail that has no words in the language of the reader is for programmes, and not told.
    const hasDetail = this.message !== this.title && detail !== undefined;
    return {
      type: 'about:blank',
      title: title ?? this.title,
      status: this.status,
      ...(hasDetail ? { detail } : {}),
      ...(errors.length ? { errors } : {}),
      ...this.extensions,
    };
  }
}

/** 404: nobody has registered that district, or it was thrown away. */
export const unknownDistrict = (district: string, field = 'query.district'): Problem =>
  new Problem(404, 'No such district', {
    errors: [
      {
        field,
        value: district,
        reason: 'one of GET /api/districts',
        words: {
          vi: 'không có địa bàn này; các địa bàn ở GET /api/districts',
          en: 'one of GET /api/districts',
        },
      },
    ],
  });

/** 422: a cursor that no list gave. */
export const noSuchCursor = (cursor: string): Problem =>
  new Problem(422, 'The request does not fit', {
    errors: [
      {
        field: 'query.cursor',
        value: cursor,
        reason: 'a cursor that this list gave',
        words: { vi: 'dấu trang do chính danh sách này đưa ra', en: 'a cursor that this list gave' },
      },
    ],
  });

/**
 * 409: something stands where the step does not lead on from. The answer names the steps that do, so that a screen can offer them.
 *
 * @param step what was asked for @param field where that stood in the request @param from where it stands now; undefined: nowhere yet
 * @param lawful steps that may follow @param more what else the answer holds
 */
export function stepNotLawful(
  { step, field, from, lawful }: { step: string; field: string; from: string | undefined; lawful: readonly string[] },
  more: { detail?: string; extensions?: Record<string, unknown> } = {},
): Problem {
  const names = lawful.join(', ');
  return new Problem(409, 'The step is not lawful now', {
    detail: more.detail ?? `${step} cannot follow ${from}; lawful: ${names || 'nothing, this is the end'}`,
    errors: [
      {
        field,
        value: step,
        reason: `one of ${names || '(none)'}`,
        words: {
          vi: names ? `lúc này chỉ có thể: ${names}` : 'không còn bước nào nữa',
          en: `one of ${names || '(none)'}`,
        },
      },
    ],
    vietnamese: {
      detail: names
        ? `${from ?? 'Chưa có'}: không thể ${step}; lúc này chỉ có thể: ${names}`
        : `${from ?? 'Chưa có'}: không còn bước nào nữa`,
    },
    extensions: { currentStatus: from ?? null, lawfulSteps: lawful, ...more.extensions },
  });
}

/** The value at a path, shortened, so that an error can show what was sent. */
function valueAt(input: unknown, path: PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  if (typeof value === 'string' && value.length > 120) return `${value.slice(0, 117)}...`;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? `array of ${value.length}` : 'object';
  return value;
}

/** Field, value and bound of each validation issue, in the languages of those who read it. `prefix` is put before the path. */
export function wordedErrors(error: z.core.$ZodError, input: unknown, prefix: string[] = []): WordedError[] {
  return error.issues.map((issue) => {
    const [en, vi] = [reasonOf(issue), vietnameseReasonOf(issue)];
    return {
      field: [...prefix, ...issue.path].join('.') || '(whole)',
      value: valueAt(input, issue.path),
      reason: en,
      ...(vi === undefined ? {} : { words: { vi, en } }),
    };
  });
}

/** The same in English. */
export const fieldErrors = (error: z.core.$ZodError, input: unknown, prefix: string[] = []): FieldError[] =>
  wordedErrors(error, input, prefix).map((fault) => inLanguage(fault, 'en'));
