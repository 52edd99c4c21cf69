/** Exchanges of every account. */
const exchanges = ['NSE', 'BSE', 'NFO', 'BFO', 'CDS', 'BCD', 'MCX'] as const

/** Returns what the vendor tells of a user, at sign-in and when asked. All of it is invented. */
export function profileOf(userId: string) {
  return {
    user_id: userId,
    user_type: 'individual',
    email: `${userId.toLowerCase()}@sandbox.example`,
    user_name: `Sandbox ${userId}`,
    user_shortname: 'Sandbox',
    broker: 'ZERODHA',
    exchanges,
    products: ['CNC', 'NRML', 'MIS', 'MTF', 'BO', 'CO'],
    order_types: ['MARKET', 'LIMIT', 'SL', 'SL-M'],
    avatar_url: null,
    meta: { demat_consent: 'physical' },
  }
}
