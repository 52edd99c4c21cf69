import type { LoginReply, MeReply } from '@banyan/contracts'
import { formatIst } from '@banyan/domain'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AccountView, SecondFactorNeeded, SignedIn, StandingTokens } from '../../modules/identity/index.ts'
import { renderApiProblem } from './api-errors.ts'
import { ownOrigin, type SiteParts } from './page-origin.ts'
import { setCookies } from './session-cookie.ts'

/** Answers a sign-in: the one login body of both APIs (stocktrendz.md §4.2), and cookies for whom they are. */
export function answerSignedIn(
  request: FastifyRequest,
  reply: FastifyReply,
  { account, tokens, deviceToken }: SignedIn,
  site: SiteParts,
): LoginReply {
  setCookies(request, reply, site, { session: tokens.session, deviceToken })
  return { ...toTokens(tokens), ...toAccount(account, ownOrigin(request, site)) }
}

export function toTokens({ session, access, refresh }: StandingTokens) {
  return { success: 'true', access_token: session, access, refresh } as const
}

/** Answers a right password that is not enough: the error body and what the second step needs. */
export function answerSecondFactorNeeded(
  request: FastifyRequest,
  reply: FastifyReply,
  { challenge, expiresInS, factors }: SecondFactorNeeded,
): FastifyReply {
  const { status, headers, body } = renderApiProblem(
    {
      code: 'second_factor_required',
      message: 'A second factor is needed.',
      details: [],
      retryAfterS: null,
      requestId: request.id,
    },
    { challenge, expires_in: expiresInS, factors },
  )
  return reply.code(status).headers(headers).send(body)
}

/** What an account's owner is told of it (fincrux.md §4.4). */
export function toMe(account: AccountView, sessionId: string, origin: string): MeReply {
  const { hasTotp, recoveryCodesLeft, createdAt, plan, clientCode, role, mobile, otpChannel, otpBesideTotp } = account
  return {
    ...toAccount(account, origin),
    created_at: formatIst(createdAt),
    second_factor: { totp: hasTotp, recovery_codes_left: recoveryCodesLeft },
    session_id: sessionId,
    plan,
    client_code: clientCode,
    role,
    mobile,
    otp_channel: otpChannel,
    otp_beside_totp: otpBesideTotp,
  }
}

function toAccount({ id, email, name }: AccountView, origin: string) {
  return {
    user: { id, email, name },
    full_name: name ?? '',
    email,
    profile_img_url: `${origin}/profile-default.svg`,
  }
}
