import Builder from 'fast-xml-builder';
import { writableInXml } from '#platform/xml-text.ts';

/** An element of an XML document: name, attributes, and either text or elements within. */
export interface Element {
  name: string;
  attributes?: Readonly<Record<string, string>>;
  content?: string | readonly (Element | undefined)[];
}

export const element = (
  name: string,
  content?: Element['content'],
  attributes?: Readonly<Record<string, string>>,
): Element => ({ name, ...(content === undefined ? {} : { content }), ...(attributes ? { attributes } : {}) });

const builder = new Builder({ preserveOrder: true, ignoreAttributes: false, format: true, suppressEmptyNode: true });

/** As the writer takes it: order of elements is part of both formats. */
const ordered = ({ name, attributes = {}, content = [] }: Element): object => ({
  [name]:
    typeof content === 'string'
      ? [{ '#text': writableInXml(content) }]
      : content.flatMap((child) => (child ? [ordered(child)] : [])),
  ':@': Object.fromEntries(Object.entries(attributes).map(([key, value]) => [`@_${key}`, writableInXml(value)])),
});

/** The text of a document. */
export const xmlDocument = (root: Element): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build([ordered(root)]).trim()}\n`;
