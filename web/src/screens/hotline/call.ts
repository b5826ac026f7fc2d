/** Whom a call rings, as the hotline answers it. */
export interface Telephone {
  attempt: number;
  role: string;
  targetId: string;
  name: string;
  ringSeconds: number;
  /** RFC 3339. */
  rangAt: string;
  endedAt: string | null;
  /** null: it rings. */
  outcome: string | null;
  carrierSays: string | null;
  by: string | null;
  /** Who is rung, by the roster; empty: nobody is on call; null: not asked. */
  onCall: { officerId: string; name: string; account: string | null }[] | null;
}

/** A call with its ledger: `GET /api/hotline/calls`. */
export interface Call {
  callId: string;
  direction: string;
  carrier: string;
  channel: string;
  topic: string | null;
  status: string;
  statusSince: string;
  occurredAt: string;
  areaId: string | null;
  attempts: Telephone[];
  toRing: { role: string; targetId: string; name: string }[];
  owners: { role: string; targetId: string; name: string }[];
  alertedAt: string | null;
  takenUpAt: string | null;
  open: boolean;
  version: number;
}

export interface CallPage {
  total: number;
  items: Call[];
  nextCursor: string | null;
}

/** The telephone that rings now. */
export const ringing = ({ status, attempts }: Pick<Call, 'status' | 'attempts'>): Telephone | undefined =>
  status === 'ringing' ? attempts.find(({ outcome }) => outcome === null) : undefined;

/** Whether a telephone rings somebody who signs in by this account. */
export const ringsAccount = ({ onCall }: Pick<Telephone, 'onCall'>, account: string | null | undefined): boolean =>
  account != null && onCall?.some((one) => one.account === account) === true;

/** Whole seconds until the next one is rung, by the district's clock; 0: it is due. */
export const secondsLeft = (
  { rangAt, ringSeconds }: Pick<Telephone, 'rangAt' | 'ringSeconds'>,
  nowMs: number,
): number => Math.min(ringSeconds, Math.max(0, Math.ceil((Date.parse(rangAt) + ringSeconds * 1000 - nowMs) / 1000)));

/** How long a telephone rang, whole seconds; undefined: it rings. */
export const rangFor = ({ rangAt, endedAt }: Pick<Telephone, 'rangAt' | 'endedAt'>): number | undefined =>
  endedAt === null ? undefined : Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(rangAt)) / 1000));
