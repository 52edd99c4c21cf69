export * from './live-clock.ts'
export * from './quote-source.ts'
export * from './timers.ts'
