/**
 * What the edge sends to browsers (server-sent events at /api/stream?district=…). SSE `id` is the journal sequence up to which the client
 * has seen the district; `Last-Event-ID` resumes there. Event names: `batch`, `snapshot`, `hello`, `journal`.
 */

/** One thing that changed. State-carrying: a map needs no second call to draw it. */
export interface LiveItem {
  /** CloudEvents id of the event that this stands for (the newest, when it stands for several). */
  id: string;
  /** Journal sequence of that event. */
  sequence: number;
  type: string;
  /** Name of the feed (feeds.ts). */
  layer: string;
  /** Key within the layer: later items of the same entity replace earlier ones. */
  entity: string;
  areaId?: string;
  /** [lon, lat], degrees. */
  at?: [number, number];
  /** When it happened, when we knew it. RFC 3339. */
  time: string;
  recordedTime: string;
  /** Status of the entity after it, where the event means one; its local day, where it states the best one. */
  status?: string;
  day?: string;
  /** Few values the map or ticker shows: category, status, date … */
  values: Record<string, string | number | boolean | null>;
  /** Told to who may hear of persons alone. */
  ofPerson?: true;
  /** W3C trace context of the event, where it has one. */
  traceparent?: string;
  /** Present when several events were folded into this item: how many, and the first sequence of them. */
  standsFor?: number;
  fromSequence?: number;
}

/** A derived figure of an area that changed because of committed events. */
export interface LiveFigure {
  areaId: string;
  /** Formula id, such as `incidence-7d`. */
  formula: string;
  value: number | null;
  unit: string;
  numerator?: number | null;
  denominator?: number | null;
  /** Why there is no value; what must be known of it; last day of what was counted: as in the figure that is read (http.ts). Left out: nothing. */
  reason?: string;
  note?: { vi: string; en: string };
  dataThroughDate?: string;
  /** Figures hold what is committed up to this journal sequence. */
  throughSequence: number;
  /** Where the district's clock stood when it was computed, RFC 3339: a read with this `asOf` gives the same figure. Left out by services that do not say. */
  asOf?: string;
}

export interface LiveBatch {
  district: string;
  throughSequence: number;
  /** The edge's clock when it sent the batch. */
  sentAt: string;
  items: LiveItem[];
  figures: LiveFigure[];
}

/** First message on a line; to a client that comes back, with the sequence that it has seen. */
export interface LiveHello {
  district: string;
  throughSequence: number;
  /** The edge's clock. */
  sentAt: string;
  /** The edge has listened only since the client's last id or later: figures may have changed that it cannot tell. Load them again by REST. */
  figuresMissed?: true;
}

/** The client is too far behind to be brought up to date by items: load again by REST, then go on from `throughSequence`. */
export interface LiveSnapshotNotice {
  district: string;
  throughSequence: number;
  reason: 'too-old' | 'journal-restarted';
}

/** The broker has fallen silent, or answers again: while it is silent nothing that is taken in can be told. Sent when that changes, and first to who comes meanwhile. */
export interface LiveJournalNotice {
  /** When it was last heard, RFC 3339; null: it answers. */
  silentSince: string | null;
  /** The edge's clock. */
  sentAt: string;
}

/** Core NATS subject on which an owner tells what is now committed; the edge passes it on. Not kept: the rows are the truth. */
export const committedSubject = (district: string, service: string) => `vxa.committed.${district}.${service}`;

/** What is said there. `figures` are those that changed. `parked`: sequences that were set aside and are not in the rows. */
export interface Committed {
  district: string;
  service: string;
  throughSequence: number;
  figures?: LiveFigure[];
  /** Where the district's clock stood when the figures were computed. The edge writes it to each figure that it passes on. */
  figuresAsOf?: string;
  areaIds?: string[];
}
