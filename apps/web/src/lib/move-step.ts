import { directionOf } from './numbers.ts'

/** A change by its direction and size: below 1 %, from 1 %, from 3 %. */
export type MoveStep = 'down3' | 'down2' | 'down1' | 'flat' | 'up1' | 'up2' | 'up3'

/** `percent` 1.5 means 1.5 %. */
export function moveStep(percent: number): MoveStep {
  const direction = directionOf(percent)
  if (direction === 'flat') return 'flat'
  const size = Math.abs(percent)
  return `${direction}${size < 1 ? 1 : size < 3 ? 2 : 3}`
}

/** Ground and text of each step; every pair reaches 4.5:1. */
export const stepLooks: Readonly<Record<MoveStep, string>> = {
  down3: 'bg-down text-surface',
  down2: 'bg-down-mid text-ink',
  down1: 'bg-down-faint text-ink',
  flat: 'bg-flat text-ink',
  up1: 'bg-up-faint text-ink',
  up2: 'bg-up-mid text-ink',
  up3: 'bg-up text-surface',
}
