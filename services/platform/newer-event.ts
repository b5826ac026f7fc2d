/** Code of an error by which a projection's `read` says that an event is of a newer version than this programme. */
const newerEvent = 'NEWER_EVENT';

export const isNewerEvent = (error: unknown): boolean => (error as { code?: string } | null)?.code === newerEvent;

/** A projection that waits before an event of a newer version. */
export interface StandsBack {
  projection: string;
  district: string;
  sequence: number;
  reason: string;
  /** When it met it first, RFC 3339. */
  since: string;
}
