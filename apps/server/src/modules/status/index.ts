export type { CacheStatistics, HealthReport, StatusModule, WarmerStatus } from './status-face.ts'
export { createStatusModule } from './status-module.ts'
