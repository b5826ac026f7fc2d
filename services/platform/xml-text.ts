/** Control characters but tab and ends of lines, halves of a pair, U+FFFE and U+FFFF: XML 1.0 has no place for most of them, not even escaped. */
const unwritable = /(?![\t\n\r])\p{Cc}|[\p{Cs}\ufffe\uffff]/gu;

/** A text as a document of XML 1.0 can hold it, before it is escaped: U+FFFD for what it cannot, and one end of line, as a reader makes of all. Pure. */
export const writableInXml = (text: string): string => text.replace(/\r\n?/g, '\n').replace(unwritable, '\ufffd');
