import type { AccountRow, Invitation, TokenRow } from '@vungxanh/services/contracts/http/identity.ts';
import { fetchJson, type HttpProblem, send } from '../../api/http.ts';
import { Resource } from '../../api/resource.svelte.ts';

/** Names with commas between them; nothing: all. */
export const namesOf = (text: string): 'all' | string[] => {
  const names = text
    .split(/[,;\s]+/)
    .map((name) => name.trim())
    .filter(Boolean);
  return names.length ? names : 'all';
};

/** Where and until when a role is given, as it was typed. */
export interface Scope {
  districts: string;
  areas: string;
  until?: string | undefined;
}

export const scopeOf = ({ districts, areas, until }: Scope) => ({
  districts: namesOf(districts),
  areas: namesOf(areas),
  // The end of the day, as people mean it, on the clock of who types it.
  ...(until ? { until: new Date(`${until}T23:59:59`).toISOString() } : {}),
});

/** What an administrator looks after: accounts and tokens, loaded again after each change. */
export class Accounts {
  accounts = new Resource<AccountRow[]>();
  tokens = new Resource<TokenRow[]>();
  problem = $state.raw<HttpProblem | undefined>();
  /** A one-time link or a token, shown once. */
  invitation = $state.raw<Invitation | undefined>();
  token = $state<string | undefined>();

  async load() {
    await Promise.all([
      this.accounts.load((signal) => fetchJson<AccountRow[]>('/api/identity/accounts', { signal })),
      this.tokens.load((signal) => fetchJson<TokenRow[]>('/api/identity/tokens', { signal })),
    ]);
  }

  /** @returns whether it was done */
  async act(path: string, method: 'POST' | 'DELETE', json?: unknown): Promise<boolean> {
    this.problem = undefined;
    this.invitation = undefined;
    this.token = undefined;
    try {
      const answer = await send(`/api/identity/${path}`, { method, json });
      const made = (answer.status === 201 ? await answer.json() : {}) as Partial<Invitation & { token: string }>;
      if (made.code) this.invitation = made as Invitation;
      if (made.token) this.token = made.token;
      await this.load();
      return true;
    } catch (error) {
      this.problem = error as HttpProblem;
      return false;
    }
  }
}
