import type { z } from '@hono/zod-openapi';

/** One thing that is wrong with what was sent: where, what it was, and what is allowed. */
export interface FieldError {
  field: string;
  value?: unknown;
  reason: string;
}

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

  constructor(
    status: number,
    title: string,
    options: {
      detail?: string;
      errors?: FieldError[];
      extensions?: Record<string, unknown>;
      headers?: Record<string, string>;
      cause?: unknown;
    } = {},
  ) {
    super(options.detail ?? title, { cause: options.cause });
    this.name = 'Problem';
    this.status = status;
    this.title = title;
    this.errors = options.errors ?? [];
    this.extensions = options.extensions ?? {};
    this.headers = options.headers ?? {};
  }

  toJSON() {
    return {
      type: 'about:blank',
      title: this.title,
      status: this.status,
      ...(this.message === this.title ? {} : { detail: this.message }),
      ...(this.errors.length ? { errors: this.errors } : {}),
      ...this.extensions,
    };
  }
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

function boundOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return `${issue.message}; at least ${issue.minimum}`;
    case 'too_big':
      return `${issue.message}; at most ${issue.maximum}`;
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    default:
      return issue.message;
  }
}

/** Field, value and bound of each validation issue. `prefix` is put before the path. */
export function fieldErrors(error: z.core.$ZodError, input: unknown, prefix: string[] = []): FieldError[] {
  return error.issues.map((issue) => ({
    field: [...prefix, ...issue.path].join('.') || '(whole)',
    value: valueAt(input, issue.path),
    reason: boundOf(issue),
  }));
}
