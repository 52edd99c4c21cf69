import { type EpochMs, istDate } from '@banyan/domain'
import { spelledDate } from '../exchange/spelled-date.ts'
import type { BreezeSession } from './breeze-sessions.ts'
import { spelledTime } from './vendor-time.ts'

/** Returns `Success` of the call that opens a session. */
export function customerDetails({ token, userId }: BreezeSession, now: EpochMs): object {
  const today = spelledDate(istDate(now))
  return {
    exg_trade_date: { NSE: today, BSE: today, FNO: today, NDX: today },
    exg_status: { NSE: 'O', BSE: 'O', FNO: 'O', NDX: 'C' },
    segments_allowed: { Trading: 'Y', Equity: 'Y', Derivatives: 'Y', Currency: 'N' },
    idirect_userid: userId,
    session_token: token,
    idirect_user_name: `SANDBOX ${userId}`,
    idirect_ORD_TYP: 'N',
    idirect_lastlogin_time: spelledTime(now),
  }
}
