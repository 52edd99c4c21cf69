import type { UpstreamAnswer } from '../../http/upstream-port.ts'

/** Returns an answer as Breeze frames it; what is not told is a good one. */
export function breezeAnswer(
  envelope: { readonly Success?: unknown; readonly Status?: unknown; readonly Error?: unknown },
  also: { readonly status?: number; readonly date?: string } = {},
): UpstreamAnswer {
  return {
    status: also.status ?? 200,
    headers: also.date === undefined ? {} : { date: also.date },
    body: Buffer.from(JSON.stringify({ Success: null, Status: 200, Error: null, ...envelope })),
  }
}

/** Returns an answer that is not Breeze's: an error page of whatever stands before it. */
export function pageAnswer(status: number): UpstreamAnswer {
  return { status, headers: {}, body: Buffer.from('<html><body>Sorry</body></html>') }
}
