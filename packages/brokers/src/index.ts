export * from './quote-source.ts'
