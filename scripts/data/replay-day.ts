/** The recorded day the bundle replays. Every daily row ends here and stands on this day's price basis. */
export const replayDate = '2021-06-09'

/** First daily row taken. Before 1998 the upstream holds 1,254 impossible bars. */
export const firstDate = '1998-01-01'

/** The sessions in which the recorder missed least; the other eighteen have holes of hours or end early. */
export const minuteSessions: ReadonlySet<string> = new Set([
  '2021-05-10',
  '2021-05-14',
  '2021-05-31',
  '2021-06-03',
  '2021-06-08',
  replayDate,
])

/** The 50 members of NIFTY 50 on the replayed day: the shares whose ticks were recorded. */
export const nifty50: readonly string[] = [
  ...['ADANIPORTS', 'ASIANPAINT', 'AXISBANK', 'BAJAJ-AUTO', 'BAJAJFINSV', 'BAJFINANCE', 'BHARTIARTL', 'BPCL'],
  ...['BRITANNIA', 'CIPLA', 'COALINDIA', 'DIVISLAB', 'DRREDDY', 'EICHERMOT', 'GRASIM', 'HCLTECH', 'HDFC', 'HDFCBANK'],
  ...['HDFCLIFE', 'HEROMOTOCO', 'HINDALCO', 'HINDUNILVR', 'ICICIBANK', 'INDUSINDBK', 'INFY', 'IOC', 'ITC', 'JSWSTEEL'],
  ...['KOTAKBANK', 'LT', 'M&M', 'MARUTI', 'NESTLEIND', 'NTPC', 'ONGC', 'POWERGRID', 'RELIANCE', 'SBILIFE', 'SBIN'],
  ...['SHREECEM', 'SUNPHARMA', 'TATACONSUM', 'TATAMOTORS', 'TATASTEEL', 'TCS', 'TECHM', 'TITAN', 'ULTRACEMCO', 'UPL'],
  'WIPRO',
]

/** Liquid shares outside NIFTY 50 with more than ten years of rows; YESBANK for a crash that was real. */
const others: readonly string[] = [
  ...['APOLLOHOSP', 'BANKBARODA', 'DLF', 'GAIL', 'HAVELLS', 'LUPIN', 'PIDILITIND', 'SIEMENS', 'TATAPOWER', 'VEDL'],
  'YESBANK',
]

/** Every share of the bundle, ascending. */
export const bundledShares: readonly string[] = [...nifty50, ...others].toSorted()
