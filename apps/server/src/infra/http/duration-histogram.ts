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
  /** By route, method and status: three look-ups of known words, where one joined key would be built and hashed for every request. */
  readonly #all = new Map<string, Map<string, Map<number, Series>>>()

  constructor(registry: Registry, name: string, help: string) {
    super({ name, help, registers: [registry] })
    this.#name = name
    this.#help = help
  }

  add(method: string, route: string, status: number, seconds: number): void {
    const series = this.#all.get(route)?.get(method)?.get(status) ?? this.#begin(method, route, status)
    const bucket = bucketOf(seconds)
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1
    series.sum += seconds
  }

  #begin(method: string, route: string, status: number): Series {
    const ofRoute = this.#all.get(route) ?? new Map<string, Map<number, Series>>()
    const ofMethod = ofRoute.get(method) ?? new Map<number, Series>()
    const series = { labels: { method, route, status }, counts: new Float64Array(boundsS.length + 1), sum: 0 }
    this.#all.set(route, ofRoute.set(method, ofMethod.set(status, series)))
    return series
  }

  /** What both output formats are made from; prom-client's types do not mention it. */
  async getForPromString() {
    const all = [...this.#all.values()].flatMap((ofRoute) => [...ofRoute.values()].flatMap((of) => [...of.values()]))
    const values = all.flatMap((series) => valuesOf(this.#name, series))
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
