import { describe, expect, it } from 'vitest'
import { faceOf } from './tile-face.ts'

const face = (symbol: string, width: number, height: number) => faceOf(symbol, { x: 0, y: 0, width, height })

describe('the face of a tile', () => {
  it('shows symbol and change as large as they fit', () => {
    expect(face('TCS', 300, 200)).toBe('huge')
    expect(face('BAJAJFINSV', 110, 60)).toBe('large')
    expect(face('TCS', 60, 40)).toBe('both')
    expect(face('KOTAKBANK', 80, 118)).toBe('small')
  })

  it('turns them where a tile is tall, cuts a long symbol off, then leaves out the change, then the symbol', () => {
    expect(face('WIPRO', 40, 140)).toBe('upright')
    expect(face('TATACONSUM', 60, 60)).toBe('cut')
    expect(face('M&M', 46, 20)).toBe('symbol')
    expect(face('SHREECEM', 30, 30)).toBe('sign')
    expect(face('SHREECEM', 10, 10)).toBe('bare')
  })
})
