import { type CodeList, createCodeList } from '../code-list.ts'

// ISINs with a right check digit whose issuers do not exist.
export const inventedIsins = { banyan: 'INE901X01013', peepal: 'INE902X01011', neem: 'INE903X01019' } as const

/** A few shares and indices in the vendor's style. Bonds and symbols are invented. */
export const inventedCodes: CodeList = createCodeList([
  { exchange: 'NSE', code: 'BANTRE', symbol: 'BANYAN', isin: inventedIsins.banyan, rank: 0 },
  { exchange: 'BSE', code: 'BANTRE', symbol: 'BANYAN', isin: inventedIsins.banyan, rank: 0 },
  { exchange: 'NSE', code: 'PEEPUL', symbol: 'PEEPAL', isin: inventedIsins.peepal, rank: 0 },
  { exchange: 'BSE', code: 'PEEPUL', symbol: 'PEEPAL', isin: inventedIsins.peepal, rank: 0 },
  { exchange: 'BSE', code: 'NEETRE', symbol: 'NEEM', isin: inventedIsins.neem, rank: 0 },
  { exchange: 'NSE', code: 'NIFTY', symbol: 'NIFTY 50', isin: null, rank: 0 },
])
