import { describe, expect, it } from 'vitest'
import { moveStep } from './move-step.ts'

describe('the step of a move', () => {
  it('goes by direction and by size, from 1 and from 3 per cent', () => {
    expect([0.01, 0.99, 1, 2.99, 3, 20].map(moveStep)).toEqual(['up1', 'up1', 'up2', 'up2', 'up3', 'up3'])
    expect([-0.01, -0.99, -1, -2.99, -3, -20].map(moveStep)).toEqual([
      'down1',
      'down1',
      'down2',
      'down2',
      'down3',
      'down3',
    ])
  })

  it('is flat for what is displayed as 0.00', () => {
    expect([0, 0.004, -0.004].map(moveStep)).toEqual(['flat', 'flat', 'flat'])
  })
})
