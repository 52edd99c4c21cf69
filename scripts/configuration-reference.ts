import { settings } from '../apps/server/src/config.ts'

/** Returns the configuration page of the reference, one row per setting. */
export function renderConfigurationReference(): string {
  const rows = Object.values(settings).map(
    ({ variable, fallback, purpose, rule }) =>
      `| \`${variable}\` | ${purpose} | ${rule} | ${fallback ? `\`${fallback}\`` : 'not set'} |`,
  )
  return [
    '# Configuration',
    '',
    'Written by `npm run docs:build` from `apps/server/src/config.ts`. Settings come from the environment or from a file `.env` in the',
    'working directory; the environment wins. The server reports every problem at once and stops with exit code 78; it prints names,',
    'never values.',
    '',
    '| variable | purpose | must be | default |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}
