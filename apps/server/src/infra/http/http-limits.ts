/** Bounds of the public server. Times in ms, sizes in bytes. Tests shorten them; production uses {@link httpLimits}. */
export interface HttpLimits {
  /** From the first byte of a connection or request to the end of its head. */
  readonly headMs: number
  /** From the first byte of a request to the end of its body. */
  readonly requestMs: number
  readonly keepAliveMs: number
  /** From the end of the head to the first byte of the reply. */
  readonly handlerMs: number
  /** How often slow requests are looked for; a deadline is exceeded by up to this much. */
  readonly checkMs: number
  readonly requestsPerSocket: number
  readonly sockets: number
  readonly socketsPerAddress: number
  readonly headBytes: number
  readonly headFields: number
  readonly urlBytes: number
  /** Raw length of one path parameter the router still hands to its route, which answers 400 itself. */
  readonly pathParameterBytes: number
  readonly bodyBytes: number
  /** Of a body of `text/csv` on a route that takes one. */
  readonly csvBodyBytes: number
  readonly jsonDepth: number
  /** Values of all objects and arrays of a body together. */
  readonly jsonMembers: number
  /** Stopping: how long requests may finish, and when every connection is closed. */
  readonly drainRequestsMs: number
  readonly drainAllMs: number
}

/** Fastify and Node leave most of these open: no request timeout, 1 MiB of head fields times, unlimited sockets, any depth. */
export const httpLimits: HttpLimits = {
  headMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 65_000,
  handlerMs: 30_000,
  checkMs: 2_000,
  requestsPerSocket: 1_000,
  sockets: 2_000,
  socketsPerAddress: 50,
  headBytes: 16_384,
  headFields: 100,
  urlBytes: 4_096,
  pathParameterBytes: 2_048,
  bodyBytes: 262_144,
  csvBodyBytes: 5_242_880,
  jsonDepth: 32,
  jsonMembers: 10_000,
  drainRequestsMs: 10_000,
  drainAllMs: 15_000,
}
