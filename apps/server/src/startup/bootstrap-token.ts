import type { AdministrationFace } from '../modules/identity/index.ts'

/**
 * Prints the token that makes the first owner while there is none, good for 60 minutes (quality bar P5). It goes to the terminal and never
 * through the log, which is kept and shipped. Whoever sees it in time owns the installation.
 */
export async function printBootstrapToken(
  administration: Pick<AdministrationFace, 'issueBootstrapToken'>,
): Promise<void> {
  const token = await administration.issueBootstrapToken()
  if (token === null) return
  process.stdout.write(
    [
      '\nThis installation has no owner yet. Make one on this machine:',
      '  npm run user -- create you@example.com owner',
      'or within 60 minutes by POST /api/auth/bootstrap with "email", "password" and this "token":',
      `  ${token}\n\n`,
    ].join('\n'),
  )
}
