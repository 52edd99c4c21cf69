import { existsSync, readFileSync } from 'node:fs'
import {
  CalendarDataError,
  createTradingCalendar,
  mergeCalendarData,
  parseCalendarData,
  type TradingCalendar,
} from '@banyan/domain'
import { ConfigurationError } from '../config.ts'

/** Returns the calendar of the project's file with the operator's file, where there is one, laid over it. */
export function readCalendar(file: string, operatorFile: string): TradingCalendar {
  const base = parseCalendarData(JSON.parse(readFileSync(file, 'utf8')))
  if (!existsSync(operatorFile)) return createTradingCalendar(base)
  return createTradingCalendar(mergeCalendarData(base, readOperatorFile(operatorFile)))
}

function readOperatorFile(file: string) {
  try {
    return parseCalendarData(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    const problems = error instanceof CalendarDataError ? error.problems : ['it is not JSON']
    throw new ConfigurationError(
      problems.map((problem) => `calendar.json in the data folder: ${problem}.`),
      { cause: error },
    )
  }
}
