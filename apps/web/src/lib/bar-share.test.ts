import { expect, it } from 'vitest'
import { barShare } from './bar-share.ts'

it('fills its half for the largest change, in its direction, and nothing for none', () => {
  expect([barShare(1.2, 2.4), barShare(-2.4, 2.4), barShare(null, 2.4), barShare(0, 0)]).toEqual([50, -100, 0, 0])
})
