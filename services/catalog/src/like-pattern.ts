/** Pattern for LIKE that finds `text` anywhere, case folded; what LIKE takes for a wildcard is escaped. */
export function likePattern(text: string): string {
  return `%${text
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')}%`;
}
