/** Words and signs that stand where a count is held back, compared in lower case. "n/a", "-" and the like are blank and not held back. */
const signs = new Set([
  ...['.', '..', '...', '…', '*', '**', '***', '†', '‡', '(s)', '[s]', 's', '(c)', '[c]', 'c', '[x]', '#', 'an'],
  ...['ẩn', 'đã ẩn', 'ẩn số liệu', 'ẩn số', 'che', 'đã che', 'không công bố', 'bảo mật', 'bí mật', 'số nhỏ'],
  ...['an so lieu', 'da an', 'khong cong bo', 'bao mat', 'hidden', 'suppressed', 'masked', 'redacted', 'withheld'],
  ...[
    'not published',
    'confidential',
    'small',
    'small number',
    'too few',
    'n.p.',
    'np',
    'supp',
    'supp.',
    'sup',
    'ns',
    'n.s.',
    'bị ẩn',
    'bị che',
  ],
]);
/** What stands around the bound: "n<5", "<5 ca", "(<5)", "<5*". */
const around = (inner: string) =>
  new RegExp(String.raw`^[([]?\s*(?:n\s*)?(?:${inner})\s*(?:\*|ca|ca bệnh|cases?|người|people)?\s*[)\]]?$`, 'iu');
const below = around(
  String.raw`(?:<|≤|⩽|<=|=<|&lt;|dưới|nhỏ hơn|ít hơn|không quá|duoi|nho hon|it hon|under|below|less than|fewer than|at most|up to)\s*=?\s*(\d+)`,
);
const between = around(
  String.raw`(?:từ\s+|from\s+|between\s+)?(\d+)\s*(?:-|–|—|‒|−|~|\.\.|to|đến|den|tới|and)\s*(\d+)`,
);

/**
 * The mask that a source prints in place of a count too small to publish ("<5", "1-4", "≤ 10", "*", "Ẩn"), as it stands there; undefined for
 * anything else. It is neither zero nor its bound.
 */
export function suppressedCount(text: string): string | undefined {
  const trimmed = text.trim().normalize('NFC');
  // "<5 (ẩn)".
  const bare = trimmed.replace(/(?<=\S)\s*\([^()]*\)$/, '');
  if (signs.has(trimmed.toLowerCase()) || below.test(trimmed) || below.test(bare)) return trimmed;
  const range = between.exec(trimmed) ?? between.exec(bare);
  return range && Number(range[1]) < Number(range[2]) ? trimmed : undefined;
}
