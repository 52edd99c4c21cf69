/**
 * What the module needs of a cache. A value is kept by reference and must not be written to. One read per key runs at a time;
 * failures are not kept; `remove` reaches every instance.
 */
export interface CandleCache {
  getOrSet<T>(
    key: string,
    life: { readonly ttlMs: number; readonly staleMs?: number },
    load: () => Promise<T>,
  ): Promise<T>
  remove(keys: readonly string[]): Promise<void>
}
