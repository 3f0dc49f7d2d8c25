/** Longest notice by language, as the service takes it: the document everybody polls is short. */
export const noticeLengths = { ko: 40, en: 80 } as const;

/** Which of the texts the service would not take; a pause without a word is none a fan could understand. */
export function noticeFaults(notice: { readonly ko: string; readonly en: string }): {
  readonly ko: boolean;
  readonly en: boolean;
} {
  const { ko, en } = notice;
  return {
    ko: ko.trim() === '' || ko.length > noticeLengths.ko || !Array.from(ko).every(isPlain),
    en: en.trim() === '' || en.length > noticeLengths.en || !/^[ -~]*$/.test(en),
  };
}

// Emoji are two units each, and control characters stand before the space.
function isPlain(character: string): boolean {
  return character.length === 1 && character >= ' ';
}
