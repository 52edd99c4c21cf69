import { describe, expect, it } from 'vitest'
import { parseImportArguments } from './import-arguments.ts'

describe('parseImportArguments', () => {
  it('makes paths absolute and reads every option', () => {
    const words = [
      'a.csv',
      '/b',
      '--source',
      'Mine',
      '--interval',
      '5minute',
      '--symbol',
      'itc',
      '--map',
      'close=Adj Close',
      '--again',
    ]
    expect(parseImportArguments(words, '/home/me')).toEqual({
      paths: ['/home/me/a.csv', '/b'],
      options: {
        source: 'mine',
        interval: '5minute',
        symbol: 'NSE:ITC',
        exchange: 'NSE',
        columns: new Map([['close', 'Adj Close']]),
        again: true,
      },
      strict: false,
      rejectsFile: null,
      help: false,
    })
  })

  it.each([
    [[], 'at least one'],
    [['a', '--interval', '2minute'], '--interval'],
    [['a', '--symbol', 'a$b'], '--symbol'],
    [['a', '--exchange', 'MCX'], '--exchange'],
    [['a', '--source', 'by-row'], '--source'],
    [['a', '--source', 'a b'], '--source'],
    [['a', '--map', 'close'], '--map'],
    [['a', '--map', 'shut=Close'], '--map'],
    [['a', '--source'], '--source'],
  ])('refuses %j with a sentence', (words, part) => {
    expect(() => parseImportArguments(words, '/')).toThrow(part)
  })
})
