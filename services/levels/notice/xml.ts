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

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };
/** Control characters but tab and ends of lines, lone surrogates, U+FFFE and U+FFFF: XML 1.0 has no place for most of them, not even escaped. */
const unwritable = /[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu;
const escaped = (text: string) => text.replace(unwritable, '\uFFFD').replace(/[&<>"\r]/g, (sign) => escapes[sign]!);

function written({ name, attributes = {}, content }: Element, indent: string): string {
  const start = `${indent}<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('')}`;
  if (content === undefined) return `${start}/>\n`;
  if (typeof content === 'string') return `${start}>${escaped(content)}</${name}>\n`;
  const within = content.map((child) => (child ? written(child, `${indent}  `) : '')).join('');
  return `${start}>\n${within}${indent}</${name}>\n`;
}

/** The text of a document. */
export const xmlDocument = (root: Element): string => `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}`;
