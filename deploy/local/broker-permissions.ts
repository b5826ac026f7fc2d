import { doorProgrammes } from '../../services/contracts/actor.ts';
import type { EventDefinition } from '../../services/contracts/define-event.ts';

/** What a user of the broker may publish to and subscribe to: NATS subjects, `*` one word, `>` the rest. What is in no list is refused. */
export interface BrokerPermissions {
  publish: { allow: string[]; deny: string[] };
  subscribe: { allow: string[] };
}

/** What the permissions follow from. `key` and `schema` play no part. */
export type PublishedEvent = Pick<EventDefinition, 'service' | 'noun' | 'publishedBy' | 'consumedBy'> & {
  /** There when the event changes a point of the map. */
  point?: unknown;
};

/** Takes in what programmes outside the broker say, and puts it into the journal for them. */
const door = 'intake';
/** They have no user at the broker. */
const outside: readonly string[] = doorProgrammes;
/** Opens and deletes districts, and draws every point of the map. */
const geography = 'geography';
/** Consumes everything at once: nats-server 2.9 takes one filter or none, so none. */
const everything = 'live';
/**
 * Ask the journal for the newest message of a subject: `ml` before it takes up its unfinished work, and to say from which request an end came; `live`
 * for the freshness of feeds.
 */
const askForMessages: readonly string[] = ['ml', everything];

/** What is known of a programme beside the events. */
export interface ProgrammeRights {
  /** It reads every journal whole. */
  readsJournals?: boolean | undefined;
  /** Bucket of the object store that it keeps files in. */
  objects?: string | undefined;
}

/**
 * Permissions of one programme, from who publishes and who consumes each event; undefined when it has nothing to do with the broker. Pure.
 *
 * - The journal: publish to the subjects of the events that it publishes; `intake` also to those that programmes outside say.
 * - The bus: announce its own commits (`vxa.committed.*.SERVICE`), hear everybody's; they hold aggregates only.
 * - JetStream: a consumer on the subjects that it consumes, and on all of its own. Streams are made and deleted by who opens districts alone;
 *   nobody but the operator changes a stream or takes a message away.
 * - Its bucket of the object store, if it has one: made, written and read by it alone. The store of a bucket is the stream `OBJ_BUCKET`.
 * - Answers come to `_INBOX.PROGRAMME.…`: nobody listens to another's.
 *
 * @param programme folder name below services/, user name at the broker
 * @param definitions every event there is
 * @param rights of a programme that reads more than it consumes
 * @see https://docs.nats.io/running-a-nats-service/configuration/securing_nats/authorization
 */
export function brokerPermissions(
  programme: string,
  definitions: readonly PublishedEvent[],
  { readsJournals = programme === everything, objects }: ProgrammeRights = {},
): BrokerPermissions | undefined {
  if (outside.includes(programme)) return undefined;
  const publishes = definitions.filter(
    ({ publishedBy }) =>
      publishedBy.includes(programme) || (programme === door && publishedBy.some((name) => outside.includes(name))),
  );
  const consumes = definitions.filter(
    ({ consumedBy, point }) => consumedBy.includes(programme) || (programme === geography && point !== undefined),
  );
  if (publishes.length === 0 && consumes.length === 0 && !readsJournals) return undefined;
  const owns = definitions.some(({ service }) => service === programme);
  const subjectsOf = (events: readonly PublishedEvent[]) => [
    ...new Set(events.map(({ service, noun }) => `vx.*.${service}.${noun}.>`)),
  ];

  const readable = readsJournals ? [''] : subjectsOf(consumes).map((subject) => `.${subject}`);
  if (owns) readable.push(`.vx.*.${programme}.>`);
  const reading = readable.length
    ? [
        ...readable.map((filter) => `$JS.API.CONSUMER.CREATE.*.*${filter}`),
        // A consumer is found by its name alone, which is random.
        '$JS.API.CONSUMER.INFO.*.*',
        '$JS.API.CONSUMER.DELETE.*.*',
        '$JS.API.CONSUMER.MSG.NEXT.*.*',
      ]
    : [];
  return {
    publish: {
      allow: [
        ...subjectsOf(publishes),
        ...(owns ? [`vxa.committed.*.${programme}`, 'vxdead.>'] : []),
        // The newest message on a subject of its own: a direct get names the subject.
        ...(owns ? [`$JS.API.DIRECT.GET.*.vx.*.${programme}.>`] : []),
        ...(programme === geography
          ? ['vxa.district-added.*', 'vxa.district-removed.*', '$JS.API.STREAM.CREATE.*', '$JS.API.STREAM.DELETE.*']
          : []),
        '$JS.API.INFO',
        '$JS.API.STREAM.LIST',
        '$JS.API.STREAM.INFO.*',
        ...reading,
        ...(objects === undefined
          ? []
          : [
              `$O.${objects}.>`,
              ...['CREATE', 'PURGE', 'MSG.GET'].map((action) => `$JS.API.STREAM.${action}.OBJ_${objects}`),
              ...['DIRECT.GET', 'CONSUMER.CREATE'].map((action) => `$JS.API.${action}.OBJ_${objects}.>`),
            ]),
        ...(askForMessages.includes(programme) ? ['$JS.API.STREAM.MSG.GET.*'] : []),
      ],
      // The one stream that is nobody's district.
      deny: ['$JS.API.STREAM.CREATE.VXDEAD', '$JS.API.STREAM.DELETE.VXDEAD'],
    },
    subscribe: {
      allow: [
        `_INBOX.${programme}.>`,
        'vxa.committed.*.*',
        'vxa.district-added.*',
        'vxa.district-removed.*',
        '$JS.EVENT.ADVISORY.STREAM.CREATED.*',
        '$JS.EVENT.ADVISORY.STREAM.DELETED.*',
      ],
    },
  };
}
