import type { DataClass } from '../define-event.ts';

/** "METHOD /path" (Hono's form, `:id` for parameters) → action and data class. */
export type AccessTable = Record<string, { action: string; dataClass: DataClass }>;
