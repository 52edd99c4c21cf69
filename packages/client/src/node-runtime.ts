/**
 * The few parts of Node this package uses beyond what browsers have too. They are described here and looked up at run
 * time: an import of a `node:` module would break bundles for browsers, whose programs have no Node types either.
 */
export interface NodeRuntime {
  readonly http: NodeHttp
  readonly https: NodeHttp
  readonly tls: { connect(options: object): NodeSocket }
  readonly stream: { readonly Readable: { toWeb(readable: NodeMessage): ReadableStream<Uint8Array<ArrayBuffer>> } }
}

interface NodeHttp {
  request(url: URL | RequestOptions, options?: RequestOptions): NodeRequest
  readonly Agent: new (options: { keepAlive: boolean }) => NodeAgent
}

export interface NodeAgent {
  /** Hands the connection, or why there is none, to `done`. */
  createConnection: (options: RequestOptions, done: (error: Error | null, socket?: NodeSocket) => void) => undefined
}

export interface RequestOptions {
  readonly host?: string
  readonly port?: string | number
  readonly path?: string
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly agent?: NodeAgent | false
  readonly signal?: AbortSignal
  /** Unknown to Node, and therefore passed on to `createConnection`, which `signal` is not. */
  readonly tunnelSignal?: AbortSignal
}

interface NodeRequest {
  on(event: 'response', listener: (message: NodeMessage) => void): this
  on(event: 'connect', listener: (message: NodeMessage, socket: NodeSocket) => void): this
  on(event: 'error', listener: (error: Error) => void): this
  end(body?: string): this
}

export interface NodeMessage {
  readonly statusCode?: number
  readonly statusMessage?: string
  readonly rawHeaders: readonly string[]
  resume(): this
  destroy(): this
}

interface NodeSocket {
  destroy(): this
}

interface Process {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly getBuiltinModule?: (id: string) => unknown
}

const findProcess = (): Process | undefined => Reflect.get(globalThis, 'process') as Process | undefined

/** Returns the value of an environment variable; undefined in browsers, and for an empty one. */
export const findEnvironment = (name: string): string | undefined => findProcess()?.env?.[name] || undefined

/** Returns null outside Node. */
export function findNodeRuntime(): NodeRuntime | null {
  const load = findProcess()?.getBuiltinModule
  if (!load) return null
  return {
    http: load('node:http'),
    https: load('node:https'),
    tls: load('node:tls'),
    stream: load('node:stream'),
  } as NodeRuntime
}
