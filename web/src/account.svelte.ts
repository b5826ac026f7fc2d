import type { Grant } from '@vungxanh/services/contracts/access/principal.ts';
import type { Purpose } from '@vungxanh/services/contracts/access/purposes.ts';
import type { Me } from '@vungxanh/services/contracts/http/identity.ts';
import type { ProviderRefusal, Screen } from './address.ts';
import { fetchJson, send } from './api/http.ts';
import { Resource } from './api/resource.svelte.ts';
import { leads, maySee } from './shell/screens.ts';

/** Who looks at the screen, as the product knows him. */
export class Account {
  me = new Resource<Me>();
  /** One-time code of a link that was followed; it never stays in the address. */
  code = $state<string | undefined>();
  /** The code is that of the first administrator. */
  first = $state(false);

  /** Why the identity provider signed nobody in. */
  refused = $state<ProviderRefusal | undefined>();

  /** Nobody signed in. False where the product asks for no sign-in. */
  readonly visits = $derived(this.me.data?.known === false);
  readonly name = $derived(this.me.data?.name ?? this.me.data?.id ?? '');

  /** Rows of persons are shown once he has said for what he reads them. */
  readonly isAsked = $derived(this.me.data?.asksPurpose === true && this.me.data.purpose === null);

  /** One of his duties is to lead. */
  readonly leads = $derived(leads(this.me.data, Date.now()));
  /** The table of permissions, once it is here: it comes after the page. */
  #reachOf = $state.raw<typeof import('@vungxanh/services/contracts/access/may-do.ts').reachOf | undefined>();

  load = async () => {
    const done = await this.me.load((signal) => fetchJson<Me>('/api/identity/me', { signal }));
    if (done) this.#reachOf ??= (await import('@vungxanh/services/contracts/access/may-do.ts')).reachOf;
    return done;
  };

  /** Whether his role permits something in an area, as far as the page knows; while it is not known who he is, nothing: the services judge. */
  may(action: string, district: string | undefined, areaId: string): boolean {
    const { data: me } = this.me;
    if (!me || !this.#reachOf || district === undefined) return false;
    if (me.kind === 'programme') return true;
    const { known, grants, purpose } = me;
    const reach = known ? this.#reachOf({ known, grants, purpose }, action, 'public', district, Date.now()) : undefined;
    return reach === 'all' || reach?.has(areaId) === true;
  }

  /** Whether his role has to do with a screen, in a district. While it is not known who he is, and where nobody is asked, every screen is shown: the services refuse what he may not. */
  sees(screen: Screen, district: string | undefined): boolean {
    const { data: me } = this.me;
    const reachOf = this.#reachOf;
    // Who owns the data folder owns what is in it.
    if (!me || !reachOf || district === undefined || me.kind === 'programme') return true;
    const visitor: Grant = { role: 'visitor', districts: 'all', areas: 'all' };
    const principal = { known: me.known, grants: me.known ? me.grants : [visitor], purpose: me.purpose };
    return maySee(screen, (action) => reachOf(principal, action, 'public', district, Date.now()) !== undefined);
  }

  /** `code`: of who has a second factor. @throws HttpProblem 401 wrong address or password, or a code is needed, 429 too many tries */
  async signIn(email: string, password: string, code?: string): Promise<void> {
    await send('/api/identity/sign-in', { method: 'POST', json: { email, password, ...(code ? { code } : {}) } });
    await this.load();
  }

  /** For what rows of persons are read, for the rest of the session. @throws HttpProblem 401 the session is over */
  async sayPurpose(purpose: Purpose): Promise<void> {
    await send('/api/identity/purpose', { method: 'POST', json: { purpose } });
    await this.load();
  }

  async signOut(): Promise<void> {
    await send('/api/identity/sign-out', { method: 'POST' });
    await this.load();
  }

  /** Chooses a password by a one-time code. @throws HttpProblem 403 the code is not valid, 422 */
  async welcome(code: string, password: string, person: { name?: string; email?: string }): Promise<void> {
    await send('/api/identity/welcome', { method: 'POST', json: { code, password, ...person } });
    this.code = undefined;
    await this.load();
  }
}
