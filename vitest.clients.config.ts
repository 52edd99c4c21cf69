import { defineConfig } from 'vitest/config'

/** The brokers' own clients against the sandbox. They are installed into a temporary folder, so this needs the registry; `npm test` does not. */
export default defineConfig({
  test: {
    include: ['acceptance/clients/*.clients.ts'],
    pool: 'forks',
    fileParallelism: false,
    allowOnly: false,
    passWithNoTests: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
