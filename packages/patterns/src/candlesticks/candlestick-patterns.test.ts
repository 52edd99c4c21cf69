import { describe, expect, it } from 'vitest'
import { candlestickIds } from './candlestick-id.ts'
import { candlestickPatterns, candlestickRules } from './candlestick-patterns.ts'

describe('the catalogue of candlestick patterns', () => {
  it('holds TA-Lib’s 61 functions in their order, each once', () => {
    expect(candlestickPatterns.map(({ id }) => id)).toEqual(candlestickIds)
    expect(new Set(candlestickIds).size).toBe(61)
  })

  it('gives each a name, a definition and a source of its own words', () => {
    expect(new Set(candlestickPatterns.map(({ name }) => name)).size).toBe(61)
    expect(new Set(candlestickPatterns.map(({ description }) => description)).size).toBe(61)
    for (const { source } of candlestickPatterns) expect(source).not.toBe('')
  })

  it.each(candlestickRules)('$id is bullish, bearish or both as its values say', ({ direction, forms }) => {
    const signs = new Set(forms.map(({ value }) => Math.sign(value)))
    if (direction === 'bullish') expect([...signs]).toEqual([1])
    if (direction === 'bearish') expect([...signs]).toEqual([-1])
    if (direction === 'both') expect(signs.size).toBe(2)
  })

  it.each(candlestickRules)('$id looks back far enough for its candles and for averages of ten', (rule) => {
    expect(rule.bars).toBeLessThanOrEqual(rule.lookBack + 1)
    for (const { shape } of rule.forms) {
      expect(shape.length).toBeLessThanOrEqual(rule.lookBack + 1)
      shape.forEach((traits, bar) => {
        const start = rule.lookBack - (shape.length - 1 - bar)
        const comparisons = traits.map((trait) => ('not' in trait ? trait.not : trait))
        const usesAverages = comparisons.some(({ other }) => ['averageBody', 'tiny', 'averageShadow'].includes(other))
        if (usesAverages) expect(start).toBeGreaterThanOrEqual(10)
      })
    }
  })
})
