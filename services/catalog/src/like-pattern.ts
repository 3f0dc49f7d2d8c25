/** Pattern for LIKE that finds `text` anywhere; what LIKE takes for a wildcard is escaped. The store folds the case. */
export function likePattern(text: string): string {
  return `%${text
    .trim()
    .normalize('NFC')
    .replace(/[\\%_]/g, '\\$&')}%`;
}
