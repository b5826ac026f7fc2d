import type { Appender, Message } from './append.ts';
import { Problem } from './problem.ts';

/** State of an entity and the journal sequence of its last event: its version. */
export interface Versioned<State> {
  state: State;
  sequence: number;
  /** Last message on the entity's subject, when that is another: a fact that was sent again moves the subject and not the version. */
  subjectSequence?: number;
}

export interface Command<State> {
  /** Reads the entity as it is in the rows now; undefined when there is none. */
  read: () => Promise<Versioned<State> | undefined>;
  /** The last message on the entity's subject that the rows have, 0 for none; asked before `read`. Left out: the one that the state names. */
  readHead?: () => Promise<number>;
  /** `If-Match` of the request, if it came. */
  ifMatch: string | undefined;
  /** Pure: what happens, or a Problem (409 with the lawful next steps, 404, 422). */
  decide: (current: Versioned<State> | undefined) => Message;
  appender: Appender;
  /** True once the rows hold the sequence. */
  projected: (sequence: number) => Promise<boolean>;
}

export interface CommandResult {
  sequence: number;
  etag: string;
  duplicate: boolean;
  /** False when the rows did not have it yet after waiting: it is safe in the journal, and will come. */
  projected: boolean;
}

export const etagOf = (sequence: number) => `"${sequence}"`;

/**
 * Decides on the state in the rows and appends on condition that nobody was faster: the journal compares the last sequence of the entity's
 * subject. When the rows were merely behind, the decision is taken again on the newer state; with `If-Match` the caller is asked instead.
 */
export async function runCommand<State>(command: Command<State>, attempts = 5): Promise<CommandResult> {
  for (let attempt = 1; ; attempt++) {
    const head = await command.readHead?.();
    const current = await command.read();
    checkIfMatch(command.ifMatch, current);
    const message = command.decide(current);
    const result = await command.appender.append({
      ...message,
      expectedSubjectSequence: head ?? current?.subjectSequence ?? current?.sequence ?? 0,
    });
    if (result.ok)
      return {
        sequence: result.sequence,
        etag: etagOf(result.sequence),
        duplicate: result.duplicate,
        projected: await command.projected(result.sequence),
      };
    if (result.reason !== 'wrong-sequence') throw appendProblem(result);
    if (command.ifMatch !== undefined || attempt >= attempts) {
      await new Promise((done) => setTimeout(done, 200));
      throw stale(await command.read(), command.ifMatch !== undefined ? 412 : 409);
    }
    // The rows are behind the journal by a moment: wait for them.
    await new Promise((done) => setTimeout(done, 50 * attempt));
  }
}

function checkIfMatch<State>(ifMatch: string | undefined, current: Versioned<State> | undefined): void {
  if (ifMatch === undefined || (ifMatch === '*' && current)) return;
  const wanted = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (!current || !wanted.includes(etagOf(current.sequence))) throw stale(current, 412);
}

function stale<State>(current: Versioned<State> | undefined, status: 409 | 412): Problem {
  return new Problem(status, 'Somebody changed it in the meantime', {
    detail: 'Look at `current`, then send the change again with its ETag in If-Match.',
    extensions: { current: current?.state ?? null },
    headers: current ? { etag: etagOf(current.sequence) } : {},
  });
}

/** The journal did not take it: nothing happened, and the caller may send the same again. */
export function appendProblem(
  result: { reason: string; detail: string },
  extensions: Record<string, unknown> = {},
): Problem {
  if (result.reason === 'no-space')
    return new Problem(507, 'The disk is nearly full', {
      detail: `Nothing new is taken in until there is room; everything else goes on, and nothing that was acknowledged is lost (${result.detail}). Send the same request again later.`,
      vietnamese: {
        detail: `Tạm thời không nhận thêm dữ liệu cho đến khi có chỗ trống; mọi việc khác vẫn chạy, không mất gì đã xác nhận. Xin gửi lại sau khi có chỗ.`,
      },
      headers: { 'retry-after': '30' },
      extensions: { code: 'no-space', ...extensions },
    });
  if (result.reason === 'no-stream')
    return new Problem(404, 'No such district, or the journal is not running', { detail: result.detail });
  // Our own mistake, of the catalogue or of the set-up: sending it again would change nothing.
  if (result.reason === 'not-permitted')
    return new Problem(500, 'This service may not say this', { detail: result.detail });
  return new Problem(503, 'The journal did not acknowledge', {
    extensions,
    detail: `${result.detail}. Send the same request again: the journal keeps one copy.`,
    headers: { 'retry-after': '2' },
  });
}
