import { Histogram, type MetricValueWithName, type Registry } from 'prom-client'

type Label = 'method' | 'route' | 'status' | 'le'

interface Series {
  readonly labels: { readonly method: string; readonly route: string; readonly status: number }
  readonly counts: Float64Array
  sum: number
}

const boundsS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30]

/**
 * Request durations. prom-client's own `observe` hashes the labels every time, the largest single cost of ours in the snapshot route;
 * this one adds to an array and leaves the rest to the scrape.
 */
export class DurationHistogram extends Histogram<Label> {
  readonly #name: string
  readonly #help: string
  readonly #all = new Map<string, Series>()

  constructor(registry: Registry, name: string, help: string) {
    super({ name, help, registers: [registry] })
    this.#name = name
    this.#help = help
  }

  add(method: string, route: string, status: number, seconds: number): void {
    const key = `${method} ${status} ${route}`
    let series = this.#all.get(key)
    if (series === undefined) {
      series = { labels: { method, route, status }, counts: new Float64Array(boundsS.length + 1), sum: 0 }
      this.#all.set(key, series)
    }
    const bucket = bucketOf(seconds)
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1
    series.sum += seconds
  }

  /** What both output formats are made from; prom-client's types do not mention it. */
  async getForPromString() {
    const values = [...this.#all.values()].flatMap((series) => valuesOf(this.#name, series))
    return {
      name: this.#name,
      help: this.#help,
      type: 'histogram',
      aggregator: 'sum',
      collect: () => undefined,
      values,
    }
  }
}

function bucketOf(seconds: number): number {
  let i = 0
  while (i < boundsS.length && seconds > (boundsS[i] ?? Number.POSITIVE_INFINITY)) i++
  return i
}

/** Prometheus buckets are cumulative: `le="0.01"` counts everything up to 10 ms. */
function valuesOf(name: string, { labels, counts, sum }: Series): MetricValueWithName<Label>[] {
  let total = 0
  const buckets = [...boundsS, '+Inf'].map((le, i) => {
    total += counts[i] ?? 0
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: total }
  })
  const rest = [
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: total },
  ]
  return [...buckets, ...rest]
}
