export * from './manual-time.ts'
export * from './memory-broker.ts'
export * from './memory-source.ts'
