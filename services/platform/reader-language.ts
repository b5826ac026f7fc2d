/** The languages in which people are told what is wrong with what they sent. */
export type Language = 'vi' | 'en';

/**
 * The one of the two that a reader prefers; English where he prefers neither, for that is what programmes read.
 *
 * @param accepted the request's Accept-Language (RFC 9110, 12.5.4), such as `vi-VN,vi;q=0.9,en;q=0.8`
 */
export function readerLanguage(accepted: string | undefined): Language {
  const weighed = (accepted ?? '').split(',').map((range) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
  });
  const weightOf = (language: Language) =>
    Math.max(0, ...weighed.filter((range) => range.language === language).map(({ weight }) => weight));
  return weightOf('vi') > weightOf('en') ? 'vi' : 'en';
}
