/**
 * What is known about the steps in eod2's series. eod2 divides earlier prices by the splits and bonus issues it noticed, misses
 * some and invents a few; volumes it leaves as traded. Facts here are the companies' own announcements (ratios, ex-dates).
 */

/** A split or bonus issue eod2 missed. `factor` = old price ÷ new price. Rows stay as they are; the importer applies it on reading. */
export interface MissedAction {
  readonly symbol: string
  readonly exDate: string
  readonly factor: number
  readonly kind: 'split' | 'bonus' | 'other'
  readonly reason: string
}

export const missedActions: readonly MissedAction[] = [
  bonus('ASIANPAINT', '2000-08-02', 1.6, '3:5'),
  bonus('ASIANPAINT', '2003-08-22', 1.5, '1:2'),
  split('BHARTIARTL', '2009-07-24', 2, '10 to 5'),
  bonus('BPCL', '2000-12-20', 2, '1:1'),
  bonus('BPCL', '2012-07-13', 2, '1:1'),
  bonus('BRITANNIA', '1999-09-22', 1.5, '1:2'),
  split('CIPLA', '2004-05-12', 5, '10 to 2'),
  split('DRREDDY', '2001-10-15', 2, '10 to 5'),
  bonus('GAIL', '2008-10-06', 1.5, '1:2'),
  split('HCLTECH', '2000-11-29', 2, '4 to 2'),
  bonus('HCLTECH', '2007-03-15', 2, '1:1'),
  bonus('HCLTECH', '2015-03-19', 2, '1:1'),
  split('HDFC', '1999-08-11', 10, '100 to 10'),
  bonus('HDFC', '2002-12-12', 2, '1:1'),
  bonus('HEROMOTOCO', '1998-08-12', 2, '1:1'),
  split('HEROMOTOCO', '2001-03-14', 5, '10 to 2'),
  bonus('INFY', '1999-02-10', 2, '1:1'),
  split('INFY', '2000-01-27', 2, '10 to 5'),
  bonus('INFY', '2004-07-01', 4, '3:1'),
  bonus('INFY', '2006-07-13', 2, '1:1'),
  bonus('IOC', '1999-09-15', 2, '1:1'),
  bonus('IOC', '2003-08-14', 1.5, '1:2'),
  bonus('IOC', '2009-10-29', 2, '1:1'),
  bonus('LT', '2006-09-28', 2, '1:1'),
  bonus('M&M', '2005-09-01', 2, '1:1'),
  bonus('ONGC', '2006-10-27', 1.5, '1:2'),
  splitAndBonus('ONGC', '2011-02-08', 4, '10 to 5', '1:1'),
  split('PIDILITIND', '2005-09-20', 10, '10 to 1'),
  bonus('SUNPHARMA', '2000-03-08', 3, '2:1'),
  split('SUNPHARMA', '2003-01-13', 2, '10 to 5'),
  bonus('SUNPHARMA', '2004-05-27', 2, '1:1'),
  bonus('TCS', '2006-07-28', 2, '1:1'),
  bonus('TCS', '2009-06-16', 2, '1:1'),
  bonus('TCS', '2018-05-31', 2, '1:1'),
  splitAndBonus('TECHM', '2015-03-19', 4, '10 to 5', '1:1'),
  splitAndBonus('TITAN', '2011-06-23', 20, '10 to 1', '1:1'),
  splitAndBonus('VEDL', '2008-08-08', 20, '10 to 1', '1:1'),
  split('WIPRO', '1999-09-22', 5, '10 to 2'),
  bonus('WIPRO', '2004-06-25', 3, '2:1'),
  bonus('WIPRO', '2005-08-22', 2, '1:1'),
  bonus('WIPRO', '2010-06-15', 5 / 3, '2:3'),
]

/** Prices before `before` times `factor` are on the basis of the replayed day; volume is as traded and stays. */
export interface BasisFactor {
  readonly symbol: string
  /** Rows with a date before this one are meant; the day after the replayed one for all of them. */
  readonly before: string
  readonly factor: number
  readonly reason: string
}

const afterReplay = '2021-06-10'

export const basisFactors: readonly BasisFactor[] = [
  {
    symbol: 'BAJAJFINSV',
    before: afterReplay,
    factor: 10,
    reason: 'eod2 applied the split 5 to 1 and the bonus 1:1 of 2022-09-13',
  },
  {
    symbol: 'DRREDDY',
    before: '2011-03-17',
    factor: 7,
    reason: 'eod2 divided by 7 for the six bonus debentures per share of 2011-03-17: these are no shares',
  },
  { symbol: 'GAIL', before: afterReplay, factor: 1.5, reason: 'eod2 applied the bonus 1:2 of 2022-09-06' },
  { symbol: 'IOC', before: afterReplay, factor: 1.5, reason: 'eod2 applied the bonus 1:2 of 2022-06-30' },
  {
    symbol: 'NTPC',
    before: '2015-03-20',
    factor: 2,
    reason: 'eod2 divided by 2 for the bonus debenture per share of 2015-03-20: it is no share',
  },
  { symbol: 'POWERGRID', before: afterReplay, factor: 4 / 3, reason: 'eod2 applied the bonus 1:3 of 2021-07-29' },
  { symbol: 'TATASTEEL', before: afterReplay, factor: 10, reason: 'eod2 applied the split 10 to 1 of 2022-07-28' },
  {
    symbol: 'TECHM',
    before: '2015-03-19',
    factor: 0.2,
    reason: 'eod2 holds five times the traded prices before the split and bonus of 2015-03-19',
  },
  {
    symbol: 'TITAN',
    before: '2011-06-23',
    factor: 0.2,
    reason: 'eod2 holds five times the traded prices before the split and bonus of 2011-06-23',
  },
]

/** A step that happened: the price moved. */
export interface RealStep {
  readonly symbol: string
  readonly date: string
  readonly reason: string
}

export const realSteps: readonly RealStep[] = [
  { symbol: 'AXISBANK', date: '2020-03-23', reason: 'market crash of March 2020' },
  { symbol: 'BAJAJFINSV', date: '2020-03-23', reason: 'market crash of March 2020' },
  { symbol: 'DLF', date: '2014-10-14', reason: 'barred from the capital market by SEBI' },
  { symbol: 'HAVELLS', date: '2009-05-06', reason: 'opened at the previous close and rose within the session' },
  { symbol: 'INDUSINDBK', date: '2020-03-26', reason: 'recovery after the crash of March 2020' },
  { symbol: 'INFY', date: '2003-04-10', reason: 'fall after the forecast of that day' },
  { symbol: 'JSWSTEEL', date: '2008-10-31', reason: 'recovery in the crisis of October 2008' },
  {
    symbol: 'TATAMOTORS',
    date: '2019-10-29',
    reason: 'rise over two sessions; the special one of 2019-10-27 is missing',
  },
  { symbol: 'YESBANK', date: '2018-09-21', reason: 'the regulator ended the term of the chief executive' },
  { symbol: 'YESBANK', date: '2019-04-30', reason: 'first quarterly loss' },
  { symbol: 'YESBANK', date: '2020-03-06', reason: 'moratorium' },
  { symbol: 'YESBANK', date: '2020-03-11', reason: 'rescue of March 2020' },
  { symbol: 'YESBANK', date: '2020-03-16', reason: 'rescue of March 2020' },
  { symbol: 'YESBANK', date: '2020-03-17', reason: 'rescue of March 2020' },
]

/** A series that starts on `from`: what explains the step of that day, or the prices before it, is not certain enough. */
export interface Cut {
  readonly symbol: string
  readonly from: string
  readonly reason: string
}

export const cuts: readonly Cut[] = [
  { symbol: 'CIPLA', from: '1999-10-20', reason: 'bonus of 1999: 2:1 and 3:2 both explain the step' },
  { symbol: 'HAVELLS', from: '2006-07-20', reason: 'halvings of 2003 2005 and 2006: split or bonus not certain' },
  { symbol: 'ITC', from: '2005-09-21', reason: 'split 10 to 1 and bonus 1:2 leave 9.0 % unexplained' },
  { symbol: 'KOTAKBANK', from: '2005-08-25', reason: 'bonus 3:2 leaves 9.1 % unexplained' },
  { symbol: 'PIDILITIND', from: '2000-05-31', reason: 'bonus 1:1 leaves 9.0 % unexplained' },
  { symbol: 'RELIANCE', from: '2006-01-18', reason: 'demerger of four businesses: no certain factor' },
  { symbol: 'UPL', from: '2005-09-27', reason: 'split 10 to 2 leaves 9.1 % unexplained' },
  { symbol: 'VEDL', from: '2005-02-16', reason: 'halving of 2005: split or bonus not certain' },
]

function split(symbol: string, exDate: string, factor: number, faceValue: string): MissedAction {
  return { symbol, exDate, factor, kind: 'split', reason: `split of face value ${faceValue}` }
}

function bonus(symbol: string, exDate: string, factor: number, ratio: string): MissedAction {
  return { symbol, exDate, factor, kind: 'bonus', reason: `bonus ${ratio}` }
}

function splitAndBonus(symbol: string, exDate: string, factor: number, faceValue: string, ratio: string): MissedAction {
  return { symbol, exDate, factor, kind: 'split', reason: `split of face value ${faceValue} and bonus ${ratio}` }
}
