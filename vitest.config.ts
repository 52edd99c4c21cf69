import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.ts',
      'scripts/**/*.test.ts',
      'acceptance/**/*.test.ts',
    ],
    pool: 'forks',
    allowOnly: false,
    passWithNoTests: false,
    testTimeout: 30_000,
    // The first start of a server imports the bundled data; on a busy machine that is most of a minute.
    hookTimeout: 150_000,
  },
})
