import { DistrictHub, type HubOptions } from './hub.ts';

/** A district is followed from its first listener until a while after its last. */
const idleMs = 30_000;

export class Hubs {
  private readonly hubs = new Map<string, { hub: DistrictHub; idle?: NodeJS.Timeout }>();
  private readonly options: HubOptions;
  private silentSince: Date | undefined;

  constructor(options: HubOptions) {
    this.options = options;
  }

  hub(district: string): DistrictHub {
    let entry = this.hubs.get(district);
    if (!entry) {
      entry = { hub: new DistrictHub(district, this.options) };
      entry.hub.journal(this.silentSince);
      this.hubs.set(district, entry);
    }
    clearTimeout(entry.idle);
    return entry.hub;
  }

  /** Called when a client has gone. */
  left(district: string): void {
    const entry = this.hubs.get(district);
    if (!entry || entry.hub.clientCount > 0) return;
    clearTimeout(entry.idle);
    entry.idle = setTimeout(() => {
      if (entry.hub.clientCount > 0) return;
      this.drop(district);
    }, idleMs);
    entry.idle.unref();
  }

  /** The district has gone, or its journal is another one: its listeners connect again. */
  drop(district: string): void {
    const entry = this.hubs.get(district);
    this.hubs.delete(district);
    clearTimeout(entry?.idle);
    void entry?.hub.stop();
  }

  /** The broker has fallen silent, or answers again: whoever listens is told. */
  journal(silentSince: Date | undefined): void {
    this.silentSince = silentSince;
    for (const { hub } of this.hubs.values()) hub.journal(silentSince);
  }

  get clientCount(): number {
    return [...this.hubs.values()].reduce((sum, { hub }) => sum + hub.clientCount, 0);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.hubs.values()].map(({ hub }) => hub.stop()));
  }
}
