import { type FieldError, fetchJson, HttpProblem } from '../api/http.ts';
import type { ThingRef } from '../things/thing-ref.ts';
import { type LocalStore, localStore } from './local-store.ts';

/** A command that was given without a network. */
export interface WaitingCommand {
  /** Names it: what it makes known has this id, so that sent twice it is there once. */
  key: string;
  /** Kind of the form that was filled in. */
  kind: string;
  path: string;
  district: string;
  json: Record<string, unknown>;
  headers: Record<string, string>;
  /** Of what it is a step; left out: it makes something known. */
  thing?: ThingRef | undefined;
  /** Who gave it, as the product names him; it is sent by nobody else. */
  who: string;
  /** When it was given, RFC 3339. */
  at: string;
  /** Why the service did not take it when there was a network again. */
  refused?: { status: number; message: string; fields: FieldError[] };
}

/** What of the field is kept while there is no network: reports and steps of what is public. Nothing of patients is laid into a browser. */
const keptFields: readonly string[] = ['violationId', 'incidentId'];
export const mayWait = (idField: string): boolean => keptFields.includes(idField);

const tryEveryMs = 15_000;
/** Answers after which it goes on waiting: nobody answered, nobody is signed in, or the service cannot now. */
const isLater = ({ status }: HttpProblem) => status === 0 || status === 401 || status === 429 || status >= 500;

interface Ports {
  store: LocalStore<WaitingCommand>;
  send: (command: WaitingCommand) => Promise<unknown>;
  /** One page of several sends. */
  alone: (does: () => Promise<void>) => Promise<unknown>;
}

const ports: Ports = {
  store: localStore<WaitingCommand>('waiting-commands'),
  send: ({ path, district, json, headers }) => fetchJson(path, { method: 'POST', query: { district }, json, headers }),
  alone: (does) =>
    navigator.locks ? navigator.locks.request('outbox', { ifAvailable: true }, (lock) => lock && does()) : does(),
};

/** Commands that wait for a network, in this browser: sent once in their order when it is back, shown until they are taken or dropped. */
export class Outbox {
  items = $state.raw<WaitingCommand[]>([]);
  readonly #who: () => string | undefined;
  readonly #ports: Ports;
  #sending = false;

  /** @param who is signed in; undefined: it is not known yet, and nothing is sent */
  constructor(who: () => string | undefined, given: Partial<Ports> = {}) {
    this.#who = who;
    this.#ports = { ...ports, ...given };
  }

  /** Reads what is kept, and sends whenever there may be a network again. @returns ends it */
  start(): () => void {
    void this.#read().then(() => this.sendAll());
    const again = () => void this.sendAll();
    addEventListener('online', again);
    const timer = setInterval(again, tryEveryMs);
    return () => {
      removeEventListener('online', again);
      clearInterval(timer);
    };
  }

  of = (thing: ThingRef): WaitingCommand[] =>
    this.items.filter((item) => item.thing?.noun === thing.noun && item.thing.id === thing.id);

  /** @throws when this browser keeps nothing: then it is not waiting, and must not be said to */
  async add(command: Omit<WaitingCommand, 'who'>): Promise<void> {
    const item = { ...command, who: this.#who() ?? '' };
    await this.#ports.store.put(item.key, item);
    this.items = [...this.items, item];
  }

  async drop(key: string): Promise<void> {
    await this.#ports.store.remove(key);
    this.items = this.items.filter((item) => item.key !== key);
  }

  /** Tries one again that was refused. */
  async again(key: string): Promise<void> {
    const item = this.items.find((one) => one.key === key);
    if (!item) return;
    const { refused: _, ...command } = item;
    await this.#replace(command);
    await this.sendAll();
  }

  async sendAll(): Promise<void> {
    if (this.#sending || this.items.length === 0) return;
    this.#sending = true;
    try {
      await this.#ports.alone(async () => {
        // Another page may have sent some of them.
        await this.#read();
        for (const item of this.items) if (!(await this.#sendOne(item))) break;
      });
    } finally {
      this.#sending = false;
    }
  }

  /** False: there is no network still. */
  async #sendOne(item: WaitingCommand): Promise<boolean> {
    if (item.refused || item.who !== this.#who()) return true;
    try {
      await this.#ports.send(item);
      await this.drop(item.key);
    } catch (error) {
      const problem = error instanceof HttpProblem ? error : new HttpProblem(0, String(error));
      if (isLater(problem)) return false;
      // Its number was made here: that it is known says that it came through, and its answer did not.
      if (problem.status === 409 && !item.thing && problem.fields.some(({ value }) => value === item.key))
        await this.drop(item.key);
      else {
        const { status, message, fields } = problem;
        await this.#replace({ ...item, refused: { status, message, fields } });
      }
    }
    return true;
  }

  async #replace(item: WaitingCommand) {
    await this.#ports.store.put(item.key, item);
    this.items = this.items.map((one) => (one.key === item.key ? item : one));
  }

  async #read() {
    const kept = await this.#ports.store.all().catch(() => undefined);
    if (kept) this.items = kept.sort((one, other) => one.at.localeCompare(other.at));
  }
}
