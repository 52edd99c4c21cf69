import type { CandlestickInfo, CandlestickPattern } from './candlestick-pattern.ts'
import * as bottoms from './patterns/bottoms.ts'
import { breakaway } from './patterns/breakaway.ts'
import * as crows from './patterns/crows.ts'
import * as doji from './patterns/doji.ts'
import * as dojiStars from './patterns/doji-star.ts'
import * as engulfing from './patterns/engulfing.ts'
import * as gaps from './patterns/gaps.ts'
import * as hammers from './patterns/hammer.ts'
import * as harami from './patterns/harami.ts'
import * as hikkake from './patterns/hikkake.ts'
import * as kicking from './patterns/kicking.ts'
import * as marubozu from './patterns/marubozu.ts'
import * as meetingLines from './patterns/meeting-lines.ts'
import * as methods from './patterns/methods.ts'
import * as necklines from './patterns/necklines.ts'
import * as piercing from './patterns/piercing.ts'
import * as plainLines from './patterns/plain-lines.ts'
import * as soldiers from './patterns/soldiers.ts'
import * as stars from './patterns/stars.ts'

/** All rules, in TA-Lib's order of names. */
export const candlestickRules: readonly CandlestickPattern[] = [
  crows.twoCrows,
  crows.threeBlackCrows,
  harami.threeInside,
  methods.threeLineStrike,
  engulfing.threeOutside,
  bottoms.threeStarsInSouth,
  soldiers.threeWhiteSoldiers,
  stars.abandonedBaby,
  soldiers.advanceBlock,
  marubozu.beltHold,
  breakaway,
  marubozu.closingMarubozu,
  bottoms.concealingBabySwallow,
  meetingLines.counterattack,
  piercing.darkCloudCover,
  doji.doji,
  dojiStars.dojiStar,
  doji.dragonflyDoji,
  engulfing.engulfing,
  stars.eveningDojiStar,
  stars.eveningStar,
  gaps.gapSideSideWhite,
  doji.gravestoneDoji,
  hammers.hammer,
  hammers.hangingMan,
  harami.harami,
  harami.haramiCross,
  plainLines.highWave,
  hikkake.hikkake,
  hikkake.modifiedHikkake,
  harami.homingPigeon,
  crows.identicalThreeCrows,
  necklines.inNeck,
  hammers.invertedHammer,
  kicking.kicking,
  kicking.kickingByLength,
  bottoms.ladderBottom,
  doji.longLeggedDoji,
  plainLines.longLine,
  marubozu.marubozu,
  meetingLines.matchingLow,
  methods.matHold,
  stars.morningDojiStar,
  stars.morningStar,
  necklines.onNeck,
  piercing.piercing,
  doji.rickshawMan,
  methods.riseFallThreeMethods,
  meetingLines.separatingLines,
  hammers.shootingStar,
  plainLines.shortLine,
  plainLines.spinningTop,
  soldiers.stalledPattern,
  meetingLines.stickSandwich,
  doji.takuri,
  gaps.tasukiGap,
  necklines.thrusting,
  dojiStars.tristar,
  bottoms.uniqueThreeRiver,
  crows.upsideGapTwoCrows,
  gaps.sideGapThreeMethods,
]

/** What a person is told about each of the 61 patterns, in TA-Lib's order of names. */
export const candlestickPatterns: readonly CandlestickInfo[] = candlestickRules.map(
  ({ id, name, bars, direction, description, source }) => ({ id, name, bars, direction, description, source }),
)
