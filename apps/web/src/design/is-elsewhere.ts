/** Whether the reader's clock differs from Seoul's, whose time all pages show: a zone of the same hours is as good. */
export function isElsewhere(now = new Date(), zone?: string): boolean {
  const hours = (timeZone: string | undefined) =>
    now.toLocaleString('en', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return hours(zone) !== hours('Asia/Seoul');
}
