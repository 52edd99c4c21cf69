/** What a broker's redirect brought: a claim to its one-time code, which the server keeps for a minute, or why there is none. */
export type BrokerReturn = { readonly claim: string } | { readonly problem: string }

/** Returns what a fragment says, `#claim=…` or `#problem=…`; null for any other. */
export function readBrokerReturn(fragment: string): BrokerReturn | null {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''))
  const [claim, problem] = [fields.get('claim'), fields.get('problem')]
  if (claim) return { claim }
  return problem ? { problem } : null
}
