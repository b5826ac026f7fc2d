import Builder from 'fast-xml-builder';

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

/** Control characters but tab and ends of lines, lone surrogates, U+FFFE and U+FFFF: XML 1.0 has no place for most of them, not even escaped. */
const unwritable = /[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu;
/** A reader makes one end of line of all. */
const writable = (text: string) => text.replace(/\r\n?/g, '\n').replace(unwritable, '\uFFFD');

const builder = new Builder({ preserveOrder: true, ignoreAttributes: false, format: true, suppressEmptyNode: true });

/** As the writer takes it: order of elements is part of both formats. */
const ordered = ({ name, attributes = {}, content = [] }: Element): object => ({
  [name]:
    typeof content === 'string'
      ? [{ '#text': writable(content) }]
      : content.flatMap((child) => (child ? [ordered(child)] : [])),
  ':@': Object.fromEntries(Object.entries(attributes).map(([key, value]) => [`@_${key}`, writable(value)])),
});

/** The text of a document. */
export const xmlDocument = (root: Element): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build([ordered(root)]).trim()}\n`;
