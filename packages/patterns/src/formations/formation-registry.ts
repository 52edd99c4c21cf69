import { breakawayGap } from './breakaway-gap.ts'
import { broadeningBottom, broadeningTop } from './broadening.ts'
import { commonGap } from './common-gap.ts'
import { cupWithHandle, inverseCupWithHandle } from './cup-with-handle.ts'
import { diamondBottom, diamondTop } from './diamond.ts'
import { doubleBottom, doubleTop } from './double-extreme.ts'
import { exhaustionGap } from './exhaustion-gap.ts'
import { bearFlag, bearPennant, bullFlag, bullPennant } from './flag.ts'
import type { FormationDefinition } from './formation-definition.ts'
import { headAndShoulders, inverseHeadAndShoulders } from './head-and-shoulders.ts'
import { insideBar } from './inside-bar.ts'
import { resistanceBreak, supportBreak } from './level-break.ts'
import { nr4, nr7 } from './narrow-range.ts'
import { channelDown, channelUp, rectangle } from './parallel-lines.ts'
import { roundingBottom, roundingTop } from './rounding.ts'
import { runawayGap } from './runaway-gap.ts'
import { downtrendLineBreak, uptrendLineBreak } from './trend-line-break.ts'
import { ascendingTriangle, descendingTriangle, symmetricalTriangle } from './triangle.ts'
import { tripleBottom, tripleTop } from './triple-extreme.ts'
import { vBottom, vTop } from './v-reversal.ts'
import { volatilityContraction } from './volatility-contraction.ts'
import { fallingWedge, risingWedge } from './wedge.ts'

/** Every formation, one line each: the engine runs this list, and the catalogue is made of it. */
export const formationRegistry: readonly FormationDefinition[] = [
  doubleTop,
  doubleBottom,
  tripleTop,
  tripleBottom,
  headAndShoulders,
  inverseHeadAndShoulders,
  ascendingTriangle,
  descendingTriangle,
  symmetricalTriangle,
  risingWedge,
  fallingWedge,
  rectangle,
  channelUp,
  channelDown,
  broadeningTop,
  broadeningBottom,
  diamondTop,
  diamondBottom,
  bullFlag,
  bearFlag,
  bullPennant,
  bearPennant,
  cupWithHandle,
  inverseCupWithHandle,
  roundingTop,
  roundingBottom,
  vTop,
  vBottom,
  volatilityContraction,
  resistanceBreak,
  supportBreak,
  uptrendLineBreak,
  downtrendLineBreak,
  nr4,
  nr7,
  insideBar,
  commonGap,
  breakawayGap,
  runawayGap,
  exhaustionGap,
]
