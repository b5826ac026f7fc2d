import { type NoticeFacts, noticeOf } from './notice.ts';
import { element, xmlDocument } from './xml.ts';

/** What a feed of announced levels is of. Addresses are absolute. */
export interface FeedFacts {
  district: string;
  areaId: string | undefined;
  title: string;
  self: string;
  /** Address of the CAP alert of a declaration. */
  capOf: (declarationId: string) => string;
  /** When nothing was announced yet. RFC 3339. */
  since: string;
}

/** An Atom feed (RFC 4287) of what was announced, newest first; a withdrawal changes its entry. */
export function atomFeed(
  { district, areaId, title, self, capOf, since }: FeedFacts,
  notices: readonly NoticeFacts[],
): string {
  const entries = notices
    .map((facts) => ({ facts, updated: changedAt(facts) }))
    .toSorted((a, b) => (a.updated < b.updated ? 1 : -1));
  return xmlDocument(
    element(
      'feed',
      [
        element('id', `urn:vung-xanh:levels:${district}${areaId ? `:${areaId}` : ''}`),
        element('title', title),
        element('updated', entries[0]?.updated ?? since),
        element('author', [element('name', 'Vùng Xanh')]),
        element('link', undefined, { rel: 'self', type: 'application/atom+xml', href: self }),
        ...entries.map(({ facts, updated }) => {
          const { declaration } = facts;
          const notice = noticeOf(facts);
          return element('entry', [
            element('id', `urn:vung-xanh:level:${district}:${declaration.declarationId}`),
            element('title', notice.headline),
            element('updated', updated),
            element('published', declaration.declaredAt),
            element('link', undefined, {
              rel: 'alternate',
              type: 'application/cap+xml',
              href: capOf(declaration.declarationId),
            }),
            element('category', undefined, { term: `level-${declaration.level}` }),
            ...(declaration.exercise ? [element('category', undefined, { term: 'exercise' })] : []),
            element('summary', notice.text, { type: 'text' }),
          ]);
        }),
      ],
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': 'vi' },
    ),
  );
}

const changedAt = ({ declaration, state }: NoticeFacts) =>
  state === 'withdrawn' ? declaration.withdrawal!.at : declaration.declaredAt;
