/** Languages we write in. */
export type Language = 'ko' | 'en';

/** Of our languages the one an `Accept-Language` header names first; null when it names neither. */
export function languageFrom(acceptLanguage: string | undefined): Language | null {
  // In order of preference, as browsers send them; weights only repeat that order.
  const first = /(?:^|[\s,])(ko|en)(?![a-z])/i.exec(acceptLanguage ?? '')?.[1]?.toLowerCase();
  return first === 'ko' || first === 'en' ? first : null;
}

/** The language to answer in: Korean unless English is asked for first. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return languageFrom(acceptLanguage) ?? 'ko';
}
