import type { FieldError } from '../../api/http.ts';

/** `json.scenarios[0].levers[1].limit` → `scenarios.0.levers.1.limit`: the services write a path in either way. */
const pathOf = (field: string): string[] =>
  field
    .replaceAll('[', '.')
    .replaceAll(']', '')
    .split('.')
    .filter((part) => part !== '' && part !== 'json' && part !== 'body');

/** What the server says of the fields below a path, by the rest of their path: `fromDate`, `levers.0.limit`. */
export function errorsBelow(errors: readonly FieldError[], path: string): Record<string, string> {
  const wanted = path.split('.').filter(Boolean);
  return Object.fromEntries(
    errors.flatMap(({ field, reason }) => {
      const own = pathOf(field);
      return wanted.every((part, i) => own[i] === part) ? [[own.slice(wanted.length).join('.'), reason]] : [];
    }),
  );
}
