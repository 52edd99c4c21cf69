import { defineConfig } from 'vitest/config'

/** The suite that needs the development data (`BANYAN_DEV_DATA`, by default `../shared/data`); `npm test` does not. */
export default defineConfig({
  test: {
    include: ['acceptance/**/*.data.ts', 'packages/*/src/**/*.data.ts', 'apps/*/src/**/*.data.ts'],
    pool: 'forks',
    fileParallelism: false,
    allowOnly: false,
    passWithNoTests: false,
    testTimeout: 1_800_000,
    hookTimeout: 600_000,
  },
})
