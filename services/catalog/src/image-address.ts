/** Where the picture is found, at the origin of the API. */
export function imageAddress(key: string): string {
  return `/api/v1/images/${key}`;
}
