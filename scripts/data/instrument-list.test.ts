import { expect, it } from 'vitest'
import { listInstruments, writeInstruments } from './instrument-list.ts'

const companies = `Company Name,Industry,Symbol,Series,ISIN Code
Reliance Industries Ltd.,Oil Gas & Consumable Fuels,RELIANCE,EQ,INE002A01018
Eternal Ltd.,Consumer Services,ETERNAL,EQ,INE758T01015
Placeholder Ltd.,Services,PLACEHOLDER,EQ,DUM418H01029
`
const scripCodes = 'isin,bse_scrip_code\nINE002A01018,500325\n'
const lines = writeInstruments(listInstruments(companies, scripCodes, new Set(['NIFTY PVT BANK']))).split('\n')

it('lists companies with scrip code and former symbol', () => {
  expect(lines).toContain(
    'NSE,RELIANCE,Reliance Industries Ltd.,INE002A01018,equity,EQ,Oil Gas & Consumable Fuels,,,bse-code=BSE:500325',
  )
  expect(lines).toContain('NSE,ETERNAL,Eternal Ltd.,INE758T01015,equity,EQ,Consumer Services,,,symbol=NSE:ZOMATO')
})

it('leaves placeholders out', () => {
  expect(lines.filter((line) => line.includes('PLACEHOLDER'))).toEqual([])
})

it('lists bundled shares no list knows by their symbol alone', () => {
  expect(lines).toContain('NSE,HDFC,,,equity,,,,,')
})

it('lists the indices that have rows, and SENSEX', () => {
  expect(lines.filter((line) => line.includes(',index,'))).toEqual([
    'BSE,BANKEX,BANKEX,,index,,,,,',
    'BSE,SENSEX,SENSEX,,index,,,,,',
    'NSE,NIFTY PVT BANK,NIFTY PRIVATE BANK,,index,,Private Bank,,,eod2=NIFTY PRIVATE BANK',
  ])
})
