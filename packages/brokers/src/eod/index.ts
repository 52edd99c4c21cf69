export { type DayFile, type DayFiles, fetchDayFiles } from './day-files.ts'
export { dayFileAddresses, dayFileLimits, dayFileOperations } from './operations.ts'
