import { expect, it } from 'vitest'
import { createManualTime } from './manual-time.ts'

it('runs what falls due in order, each at its own instant', () => {
  const time = createManualTime(0)
  const heard: string[] = []
  time.every(40, () => heard.push(`a${time.now()}`))
  const stop = time.every(30, () => heard.push(`b${time.now()}`))
  time.advance(80)
  stop()
  time.advance(40)
  expect(heard).toEqual(['b30', 'a40', 'b60', 'a80', 'a120'])
  expect([time.now(), time.running()]).toEqual([120, 1])
})

it('can be set back without running anything', () => {
  const time = createManualTime(1_000)
  const heard: number[] = []
  time.every(10, () => heard.push(time.now()))
  time.set(500)
  time.advance(10)
  expect(heard).toEqual([510])
})
