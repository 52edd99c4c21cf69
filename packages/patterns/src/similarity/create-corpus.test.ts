import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PatternInputError } from '../pattern-input-error.ts'
import { bindCorpus } from './bind-corpus.ts'
import type { KernelShape } from './bound-kernel.ts'
import type { SimilarityOptions } from './corpus.ts'
import { createCorpus } from './create-corpus.ts'
import { mergeMatches } from './merge-matches.ts'
import { createPlainKernel } from './plain-kernel.ts'
import { createSimdKernel } from './simd/simd-kernel.ts'
import { similarityMetrics } from './similarity-metric.ts'
import { createRandom, randomWalk } from './testing/random-closes.ts'
import { searchAll } from './testing/search-all.ts'

const kernels = {
  plain: createPlainKernel,
  simd(shape: KernelShape) {
    const kernel = createSimdKernel(shape)
    if (!kernel) throw new Error('this host has no WebAssembly SIMD')
    return kernel
  },
}

/** Walks in ticks (so that windows tie), with cliffs, flat stretches, and levels from 1e−200 to 1e200. */
const series = fc
  .record({
    length: fc.integer({ min: 0, max: 150 }),
    seed: fc.nat(),
    tick: fc.constantFrom(0, 0.5, 5),
    cliffs: fc.constantFrom(0, 0, 1, 3),
    flats: fc.constantFrom(0, 0, 1, 2),
    factor: fc.constantFrom(1, 1, 1, 1e-3, 1e6, 1e-20, 1e20, 1e-200, 1e200),
    repeat: fc.boolean(),
  })
  .map(({ length, seed, tick, cliffs, flats, factor, repeat }) => {
    const random = createRandom(seed)
    const close = randomWalk(length, seed, tick)
    const place = () => Math.floor(random() * length)
    for (let i = 0; i < cliffs; i++) {
      const from = place()
      close.set(
        close.subarray(from).map((value) => value * 1_000),
        from,
      )
    }
    for (let i = 0; i < flats; i++) {
      const from = place()
      close.fill(close[from] ?? 0, from, from + 40)
    }
    if (repeat) close.copyWithin(Math.floor(length / 2), 0, Math.floor(length / 2))
    return close.map((value) => value * factor)
  })

const searches = fc.record({
  all: fc.array(series, { minLength: 1, maxLength: 4 }),
  queryLength: fc.integer({ min: 2, max: 40 }),
  querySeed: fc.nat(),
  own: fc.boolean(),
  metric: fc.constantFrom(...similarityMetrics),
  k: fc.integer({ min: 1, max: 6 }),
  bandRatio: fc.constantFrom(0, 0.05, 0.1, 0.3, 1),
  excluded: fc.constantFrom(0, 2, 3),
})

type Search = typeof searches extends fc.Arbitrary<infer T> ? T : never

function prepare({ all, queryLength, querySeed, own, metric, k, bandRatio, excluded }: Search) {
  const named = all.map((close, i) => ({ id: `S${(i * 7) % 4}`, close }))
  const random = createRandom(querySeed)
  const first = all[0] ?? new Float64Array(0)
  const from = Math.floor(random() * Math.max(1, first.length - queryLength))
  const query =
    own && first.length >= queryLength ? first.slice(from, from + queryLength) : randomWalk(queryLength, querySeed)
  const options: SimilarityOptions = {
    metric,
    k,
    bandRatio,
    ...(excluded > 0 ? { exclude: (id: string, start: number) => (start + id.length) % excluded === 0 } : {}),
  }
  return { named, query, options }
}

function isFlat(query: Float64Array): boolean {
  return searchAll([{ id: 'Q', close: query }], query, { metric: 'euclidean', k: 1 }).length === 0
}

describe.each(Object.entries(kernels))('createCorpus with the %s kernel', (_, createKernel) => {
  it('finds exactly what sorting all windows finds', () => {
    fc.assert(
      fc.property(searches, (search) => {
        const { named, query, options } = prepare(search)
        fc.pre(!isFlat(query))
        const corpus = bindCorpus(createCorpus(named).content, createKernel)
        expect(corpus.search(query, options)).toEqual(searchAll(named, query, options))
      }),
      { numRuns: 400 },
    )
  })

  it('finds the same when the search is divided into parts', () => {
    fc.assert(
      fc.property(searches, fc.integer({ min: 1, max: 5 }), (search, of) => {
        const { named, query, options } = prepare(search)
        fc.pre(!isFlat(query))
        const corpus = bindCorpus(createCorpus(named).content, createKernel)
        const parts = Array.from({ length: of }, (_part, index) => corpus.searchPart(query, options, { index, of }))
        expect(mergeMatches(parts, options.k)).toEqual(corpus.search(query, options))
      }),
      { numRuns: 200 },
    )
  })

  it('finds exactly the same in series of many blocks', () => {
    const named = [
      { id: 'B', close: randomWalk(2_600, 3, 0.05) },
      { id: 'A', close: randomWalk(1_100, 4) },
    ]
    const corpus = bindCorpus(createCorpus(named).content, createKernel)
    for (const metric of similarityMetrics) {
      const options = { metric, k: 5, bandRatio: 0.1 }
      const query = randomWalk(50, 5)
      expect(corpus.search(query, options)).toEqual(searchAll(named, query, options))
    }
  })
})

describe('createCorpus', () => {
  const walk = randomWalk(500, 1)
  const corpus = createCorpus([{ id: 'A', close: walk }])

  it('finds a window itself, whatever its level and scale', () => {
    for (const metric of similarityMetrics) {
      const [match] = corpus.search(walk.subarray(100, 164), { metric, k: 1 })
      expect(match).toEqual({ id: 'A', start: 100, length: 64, distance: 0, similarity: 1 })
      const [scaled] = corpus.search(
        walk.subarray(100, 164).map((value) => 3 * value - 50),
        { metric, k: 1 },
      )
      expect(scaled?.start).toBe(100)
      expect(scaled?.distance).toBeLessThan(1e-12)
    }
  })

  it('gives the correlation for pearson and cosine', () => {
    const query = Float64Array.from([1, 2, 3, 4, 6])
    const close = Float64Array.from([2, 1, 4, 3, 5])
    // By hand: deviations −2.2 −1.2 −0.2 0.8 2.8 and −1 −2 1 0 2, r = 10 ÷ √(14.8 · 10).
    const r = 10 / Math.sqrt(148)
    for (const metric of ['pearson', 'cosine'] as const) {
      const [match] = createCorpus([{ id: 'A', close }]).search(query, { metric, k: 1 })
      expect(match?.distance).toBeCloseTo(1 - r, 12)
      expect(match?.similarity).toBeCloseTo((1 + r) / 2, 12)
    }
  })

  it('gives a mirror image similarity 0 but for the warping', () => {
    const query = Float64Array.from([1, 3, 2, 5, 4, 6])
    const mirror = createCorpus([{ id: 'A', close: query.map((value) => -value) }])
    expect(mirror.search(query, { metric: 'euclidean', k: 1 })[0]?.similarity).toBeCloseTo(0, 12)
    expect(mirror.search(query, { metric: 'pearson', k: 1 })[0]?.similarity).toBeCloseTo(0, 12)
    expect(mirror.search(query, { metric: 'dtw', k: 1, bandRatio: 1 })[0]?.similarity).toBeGreaterThan(0)
  })

  it('warps over one point where the band allows one', () => {
    const [query, late] = [Float64Array.from([0, 0, 1, 0, 0, 0]), Float64Array.from([0, 0, 0, 1, 0, 0])]
    const shifted = createCorpus([{ id: 'A', close: late }])
    expect(shifted.search(query, { metric: 'dtw', k: 1, bandRatio: 1 / 6 })[0]?.distance).toBe(0)
    expect(shifted.search(query, { metric: 'dtw', k: 1, bandRatio: 0.16 })[0]?.distance).toBeCloseTo(
      Math.sqrt(14.4),
      12,
    )
  })

  it('never finds a flat window, a window longer than its series, or an overlapping one', () => {
    const query = Float64Array.from([1, 2, 3, 2])
    const flat = createCorpus([
      { id: 'flat', close: new Float64Array(100).fill(7) },
      { id: 'noise', close: Float64Array.from({ length: 100 }, (_, i) => 0.1 + 0.2 + (i % 2) * 5e-17) },
      { id: 'short', close: query.subarray(0, 3) },
      { id: 'empty', close: new Float64Array(0) },
    ])
    expect(flat.search(query, { metric: 'dtw', k: 3 })).toEqual([])
    const starts = corpus.search(walk.subarray(0, 50), { metric: 'dtw', k: 100 }).map(({ start }) => start)
    expect(starts.length).toBeGreaterThan(5)
    for (const [i, start] of starts.toSorted((a, b) => a - b).entries())
      expect(start - (starts.toSorted((a, b) => a - b)[i - 1] ?? -50)).toBeGreaterThanOrEqual(50)
    expect(createCorpus([]).search(query, { metric: 'dtw', k: 1 })).toEqual([])
  })

  it('takes values of 0 and below for a shape like any other: a spread or an indicator has such', () => {
    const query = walk.subarray(200, 230)
    const shifted = createCorpus([{ id: 'A', close: walk.map((value) => value - (walk[210] ?? 0)) }])
    expect(shifted.content.closes[210]).toBe(0)
    expect(shifted.search(query, { metric: 'dtw', k: 1 })[0]).toMatchObject({ start: 200, length: 30 })
  })

  it('orders equal windows by id, then start', () => {
    const close = Float64Array.from([1, 2, 4, 1, 2, 4])
    const twins = createCorpus([
      { id: 'b', close },
      { id: 'a', close },
    ])
    const found = twins.search(close.subarray(0, 3), { metric: 'euclidean', k: 4 })
    expect(found.map(({ id, start }) => `${id}${start}`)).toEqual(['a0', 'a3', 'b0', 'b3'])
  })

  it('lets exclude search the corpus again', () => {
    const query = walk.subarray(40, 80)
    const outer = corpus.search(query, {
      metric: 'dtw',
      k: 1,
      exclude: (_id, start) => corpus.search(query, { metric: 'dtw', k: 1 })[0]?.start === start,
    })
    expect(outer).toEqual(corpus.search(query, { metric: 'dtw', k: 1, exclude: (_id, start) => start === 40 }))
  })

  it('copies the closes, so that later changes of the source do not matter', () => {
    const source = randomWalk(100, 9)
    const copied = createCorpus([{ id: 'A', close: source }])
    const query = source.slice(10, 30)
    source.fill(0)
    expect(copied.search(query, { metric: 'euclidean', k: 1 })[0]).toMatchObject({ start: 10, distance: 0 })
    expect(copied.content.closes.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  it('refuses what it cannot search with an error that names it', () => {
    const good = { metric: 'dtw', k: 1 } as const
    const search = (query: readonly number[], options: Partial<SimilarityOptions> = {}) =>
      corpus.search(Float64Array.from(query), { ...good, ...options })
    const refusals: [() => unknown, RegExp][] = [
      [() => search([]), /query must have at least 2/],
      [() => search([1]), /query must have at least 2/],
      [() => search([5, 5, 5]), /query must not be flat/],
      [() => search([0, 0]), /query must not be flat/],
      [() => search([1, Number.NaN]), /query must be finite, value 1/],
      [() => search([1, Number.POSITIVE_INFINITY]), /query must be finite/],
      [() => search([Number.NEGATIVE_INFINITY, 1]), /query must be finite, value 0/],
      [() => search([1, 2], { k: 0 }), /k must be/],
      [() => search([1, 2], { k: 1.5 }), /k must be/],
      [() => search([1, 2], { k: Number.NaN }), /k must be/],
      [() => search([1, 2], { bandRatio: -0.1 }), /bandRatio/],
      [() => search([1, 2], { bandRatio: 1.01 }), /bandRatio/],
      [() => search([1, 2], { bandRatio: Number.NaN }), /bandRatio/],
      [() => search([1, 2], { metric: 'manhattan' as 'dtw' }), /metric must be one of/],
      [() => corpus.searchPart(walk.subarray(0, 9), good, { index: 2, of: 2 }), /part/],
      ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((close): [() => unknown, RegExp] => [
        () => createCorpus([{ id: 'X', close: Float64Array.from([1, close]) }]),
        /series X: close 1 must be finite/,
      ]),
      [
        () =>
          createCorpus([
            { id: 'X', close: walk },
            { id: 'X', close: walk },
          ]),
        /series X comes twice/,
      ],
    ]
    for (const [refused, message] of refusals) {
      expect(refused).toThrow(PatternInputError)
      expect(refused).toThrow(message)
    }
  })
})
