/** The nonce of a page's scripts, from the policy its request carries. */
export function nonceOf(policy: string | null): string | undefined {
  return policy === null ? undefined : /'nonce-([^']+)'/.exec(policy)?.[1];
}
