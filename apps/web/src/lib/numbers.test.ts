import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  directionOf,
  formatChange,
  formatCompactRupees,
  formatPercent,
  formatRupees,
  formatUnits,
  formatVolume,
} from './numbers.ts'

const paise = fc.integer({ min: -1e14, max: 1e14 })

describe('rupees', () => {
  it('are grouped as 12,34,567.89', () => {
    expect(formatRupees(1234567.89)).toBe('12,34,567.89')
    expect(formatRupees(999.5)).toBe('999.50')
    expect(formatRupees(-100000)).toBe('−1,00,000.00')
    expect(formatRupees(null)).toBe('–')
  })

  it('group the last three digits, then every two, and lose no digit', () => {
    fc.assert(
      fc.property(paise, (value) => {
        const text = formatRupees(value / 100)
        expect(text).toMatch(/^−?(\d{1,3}|\d{1,2}(,\d{2})*,\d{3})\.\d{2}$/)
        expect(Number(text.replaceAll(',', '').replace('−', '-'))).toBe(Number((value / 100).toFixed(2)))
      }),
    )
  })
})

describe('changes', () => {
  it('carry their sign', () => {
    expect([14.5, -3.1, 0, null].map(formatChange)).toEqual(['+14.50', '−3.10', '0.00', '–'])
    expect([0.43, -1.2, null].map(formatPercent)).toEqual(['+0.43%', '−1.20%', '–'])
  })

  it('that round to nothing have neither sign nor direction', () => {
    expect(formatChange(-0.004)).toBe('0.00')
    expect([0.004, -0.004, 0, -0, null].map(directionOf)).toEqual(['flat', 'flat', 'flat', 'flat', 'flat'])
  })

  it('of opposite sign show the same digits and opposite directions', () => {
    fc.assert(
      fc.property(paise, (value) => {
        const [up, down] = [formatChange(Math.abs(value / 100)), formatChange(-Math.abs(value / 100))]
        expect(up.replace('+', '')).toBe(down.replace('−', ''))
        expect([directionOf(1 + Math.abs(value)), directionOf(-1 - Math.abs(value))]).toEqual(['up', 'down'])
      }),
    )
  })
})

describe('volumes', () => {
  it('turn to lakh and crore where people do', () => {
    expect([0, 4210, 99_999, 100_000, 1_234_000, 9_999_499, 9_999_500, 12_000_000].map(formatVolume)).toEqual([
      '0',
      '4,210',
      '99,999',
      '1.00 L',
      '12.34 L',
      '99.99 L',
      '1.00 Cr',
      '1.20 Cr',
    ])
    expect(formatVolume(null)).toBe('–')
  })

  it('never show a hundred lakh', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2e7 }), (units) => {
        expect(formatVolume(units)).not.toMatch(/^1\d\d.*L/)
      }),
    )
  })
})

describe('rupees where there is little room', () => {
  it('are whole below a lakh, then in lakhs and crores, with a real minus sign', () => {
    expect([842.4, 1_235_000, -12_000_000, -0.2, null].map(formatCompactRupees)).toEqual([
      '₹842',
      '₹12.35 L',
      '−₹1.20 Cr',
      '₹0',
      '–',
    ])
  })
})

describe('units held', () => {
  it('have Indian grouping and only the decimals there are', () => {
    expect([125_000, 0.0042, -65, null].map(formatUnits)).toEqual(['1,25,000', '0.0042', '−65', '–'])
  })
})
