import { definitionOf } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { pointLayerOf } from '#contracts/feeds.ts';
import { isFromFile } from '#contracts/import-kind.ts';
import { messageId } from '#contracts/new-event.ts';
import type { PointFact } from '#contracts/point-fact.ts';
import type { Entry } from '#platform/projection.ts';
import { standing, type WithBirths, withListedBirth } from '../../district/births.ts';
import { type Registers, withStatement } from '../../district/registers.ts';
import { withoutDetails } from '../../district/removed-person.ts';
import { birthOrder, changeOrder, endsOrder, keyDigits } from '../../district/statement-order.ts';
import { categoryOf, type PointDetails, type PointState, statusOf } from './point-state.ts';
import { stepsOf } from './z-order.ts';

type Heard = Entry<CloudEvent>;
/** The event makes a point known; all others of a layer change one. */
export const isBirth = (type: string): boolean => definitionOf(type)?.point?.born === true;

/** The event takes away whose point it was, for good. */
export const removesPoint = ({ type }: CloudEvent): boolean => definitionOf(type)?.point?.removes === true;

/**
 * The entity after the event: of each detail the statement that stands last (district/statement-order.ts), so that events in any order make the same
 * point. What came before its birth is kept, and shown when it is born. An event that had its effect already leaves the entity as it is.
 */
export function evolvePoint(layer: string, state: PointState | undefined, entry: Heard): PointState | undefined {
  const fact = factOf(layer, entry.event);
  if (!fact) return state;
  if (!state && fact.born && isPlain(layer, fact)) return newPoint(layer, fact, entry);
  const digest = keyDigits(messageId(entry.event));
  if (state && (state.applied.includes(digest) || (state.order !== '' && endsOrder(state.order, digest)))) return state;
  const before = state ? saidOf(layer, state) : {};
  const said = withFact(layer, before, before.removed ? { ...fact, location: undefined } : fact, entry);
  const isBorn = fact.born || (state?.isBorn ?? false);
  return {
    entity: fact.entity,
    isBorn,
    ...shownOf(layer, standingDetails(said), isBorn),
    firstSequence: Math.min(state?.firstSequence ?? entry.sequence, entry.sequence),
    sequence: entry.sequence,
    order: '',
    said,
    applied: [...(state && state.order !== '' ? [state.order.slice(-digest.length)] : (state?.applied ?? [])), digest],
  };
}

type Said = PointFact & { born: boolean; removed?: true; entity: string };

/** The row of a new entity says all that its birth said: what a row has for want of a word was not said. */
const isPlain = (layer: string, { status, category }: Said): boolean =>
  (status === undefined || statusOf(layer, status) !== 0) &&
  (category === undefined || categoryOf(layer, category) !== categoryOf(layer, 'unknown'));

/** The same as by its statements, without making them: nearly every entity is told of once. */
function newPoint(layer: string, fact: Said, entry: Heard): PointState {
  const { location, day, dayIsFallback, category, status } = fact;
  return {
    entity: fact.entity,
    isBorn: true,
    at: location ? stepsOf(location.lon, location.lat) : null,
    day: day ?? null,
    dayIsFallback: day !== undefined && (dayIsFallback ?? false),
    happenedAt: fact.happenedAt ?? null,
    category: categoryOf(layer, category ?? 'unknown'),
    status: (status === undefined ? undefined : statusOf(layer, status)) ?? 0,
    statusSince: fact.statusSince ?? null,
    firstSequence: entry.sequence,
    sequence: entry.sequence,
    order: birthOrder(entry.event),
    ...(isFromFile(entry.event) ? { source: entry.event.source } : {}),
    applied: [],
  };
}

type PointStatements = Registers<WithBirths<PointDetails>>;

function withFact(
  layer: string,
  before: PointStatements,
  { born, location, removed, day, dayIsFallback, happenedAt, category, status, statusSince, since }: Said,
  entry: Heard,
): PointStatements {
  const order = changeOrder(entry, since);
  if (removed)
    return withStatement<WithBirths<PointDetails>>(withoutDetails(before, ['at']), { at: 'gone', removed }, order);
  const known = status === undefined ? undefined : statusOf(layer, status);
  const details: Partial<PointDetails> = {
    ...(location === undefined ? {} : { at: location ? stepsOf(location.lon, location.lat) : 'gone' }),
    ...(day === undefined ? {} : dayIsFallback ? { fallbackDay: day } : { day }),
    ...(happenedAt ? { happenedAt: instantOf(happenedAt) } : {}),
    ...(category === undefined ? {} : { category: categoryOf(layer, category) }),
  };
  if (born)
    return withBirth(
      before,
      {
        ...details,
        ...(known === undefined ? {} : { bornStatus: known }),
        ...(statusSince === undefined ? {} : { bornSince: statusSince }),
      },
      birthOrder(entry.event),
      isFromFile(entry.event) ? entry.event.source : undefined,
    );
  return withStatement<WithBirths<PointDetails>>(
    before,
    { ...details, ...(known === undefined ? {} : { status: { status: known, since: statusSince ?? null } }) },
    (detail) => (detail === 'status' ? statusOrder(layer, order, known!, statusSince) : order),
  );
}

/** `source` of a birth that a file said: it is compared with what files say next. */
const withBirth = (before: PointStatements, said: Partial<PointDetails>, order: string, source: string | undefined) =>
  source === undefined
    ? withStatement<WithBirths<PointDetails>>(before, said, order)
    : withListedBirth(before, source, order, said);

/** Of each detail what stands last. A status without a day that is new in a list is a change of it. */
const standingDetails = (said: PointStatements): Registers<PointDetails> =>
  standing<PointDetails>(said, {
    news: (news, _at, { bornSince }) =>
      news.bornStatus === undefined || bornSince !== undefined
        ? news
        : { ...news, status: { status: news.bornStatus, since: null } },
  });

/**
 * Where a status stands among those of its entity: by the day from which it holds, else by its moment. Where steps only go ahead, by how far it leads,
 * and the first end stays.
 */
function statusOrder(layer: string, order: string, status: number, statusSince: string | undefined): string {
  if (statusSince !== undefined) return `${statusSince}${order}`;
  const { endStatuses, statuses, statusOrder: life = statuses } = pointLayerOf(layer);
  if (!endStatuses) return order;
  const name = statuses[status]!;
  const isEnd = endStatuses.includes(name);
  const place = life.indexOf(name);
  const far = String(isEnd ? 99 - place : place).padStart(2, '0');
  // An order begins with its kind and its moment, 1 + 9 digits; of two ends the earlier one stands above.
  return isEnd ? `3${backwards(order.slice(1, 10))}${far}` : `2${far}${order}`;
}

/** Digits of base 36 that compare the other way round. */
const backwards = (digits: string): string =>
  [...digits].map((digit) => (35 - Number.parseInt(digit, 36)).toString(36)).join('');

/** What of the statements a row shows. */
function shownOf(layer: string, said: Registers<PointDetails>, isBorn: boolean) {
  const { at, day, fallbackDay, happenedAt, category, bornStatus, bornSince, status } = said;
  const born = { status: bornStatus?.value ?? 0, since: bornSince?.value ?? null };
  // A word for the day of the birth or a later one counts, one for an earlier day does not.
  const changed = status && (born.since === null || (status.value.since ?? '') >= born.since) ? status.value : born;
  return {
    at: isBorn && at && at.value !== 'gone' ? at.value : null,
    day: day?.value ?? fallbackDay?.value ?? null,
    dayIsFallback: day === undefined && fallbackDay !== undefined,
    happenedAt: happenedAt?.value ?? null,
    category: category?.value ?? categoryOf(layer, 'unknown'),
    status: changed.status,
    statusSince: changed.since,
  };
}

/** What was said of an entity, from its row. */
function saidOf(layer: string, state: PointState): PointStatements {
  if (state.said) return state.said;
  const said: Partial<PointDetails> = {
    ...(state.at ? { at: state.at } : {}),
    ...(state.day === null ? {} : state.dayIsFallback ? { fallbackDay: state.day } : { day: state.day }),
    ...(state.happenedAt ? { happenedAt: instantOf(state.happenedAt) } : {}),
    ...(state.category === categoryOf(layer, 'unknown') ? {} : { category: state.category }),
    ...(state.status === 0 ? {} : { bornStatus: state.status }),
    ...(state.statusSince === null ? {} : { bornSince: state.statusSince }),
  };
  return withBirth({}, said, state.order, state.source);
}

/** As it is read back from the row: batches cut elsewhere make the same rows. */
const instantOf = (instant: string): string => new Date(instant).toISOString();

/** Entity that an event of a layer is about. */
export function entityOf({ type, data }: CloudEvent): string | undefined {
  const definition = definitionOf(type);
  return definition?.point && definition.key(data);
}

/** What the event says of a point, by its own declaration. The status of a birth is what an entity has for want of a word. */
function factOf(layer: string, { type, data, source }: CloudEvent): Said | undefined {
  const definition = definitionOf(type);
  if (!definition?.point) return undefined;
  const said = definition.point.factOf(data);
  const born = definition.point.born ?? false;
  const { occurredAt } = data;
  const { categories } = pointLayerOf(layer);
  return {
    ...said,
    since: said.since ?? (typeof occurredAt === 'string' ? occurredAt : undefined),
    // A row that says no category is read as the last one, which stands for what is not known.
    category: isFromFile({ source }) && said.category === categories.at(-1) ? undefined : said.category,
    status: said.status ?? (born ? undefined : definition.status),
    born,
    ...(definition.point.removes ? { removed: true as const } : {}),
    entity: definition.key(data),
  };
}
