import type { AdministrationFace } from '../modules/identity/index.ts'

/**
 * Prints what makes the first owner while there is none, good for 60 minutes (quality bar P5). It goes to the terminal and never through the
 * log, which is kept and shipped. Whoever sees it in time owns the installation.
 */
export async function printBootstrapToken(
  administration: Pick<AdministrationFace, 'issueBootstrapToken'>,
  linkOrigin: string,
): Promise<void> {
  const token = await administration.issueBootstrapToken()
  if (token === null) return
  process.stdout.write(
    [
      '\nThis installation has no owner yet. Become it within 60 minutes at',
      `  ${linkOrigin}/bootstrap#token=${token}`,
      'or at any time on this machine by',
      '  npm run user -- create you@example.com owner\n\n',
    ].join('\n'),
  )
}
