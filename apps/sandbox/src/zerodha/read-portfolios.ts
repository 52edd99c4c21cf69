import type { ScriptedPrice } from '../core/scripted-price.ts'
import type { ScriptedHolding, ScriptedPosition, ScriptedTrade, ZerodhaPortfolio } from './portfolio.ts'

type Fields = Readonly<Record<string, unknown>>

/** Reads portfolios by user id from JSON. Throws, naming the place and what belongs there. */
export function readPortfolios(json: unknown): Readonly<Record<string, ZerodhaPortfolio>> {
  const users = Object.entries(fields(json, 'zerodha', null))
  return Object.fromEntries(users.map(([userId, value]) => [userId, readPortfolio(value, userId)]))
}

function readPortfolio(json: unknown, at: string): ZerodhaPortfolio {
  const { holdings, positions } = fields(json, at, ['holdings', 'positions'])
  return {
    holdings: list(holdings, `${at}.holdings`, readHolding),
    positions: list(positions, `${at}.positions`, readPosition),
  }
}

function readHolding(json: unknown, at: string): ScriptedHolding {
  const names = [
    'instrument',
    'quantity',
    't1Quantity',
    'usedQuantity',
    'collateralQuantity',
    'averagePrice',
    'discrepancy',
    'mtf',
  ]
  const row = fields(json, at, names)
  return {
    instrument: text(row['instrument'], `${at}.instrument`),
    quantity: count(row['quantity'], `${at}.quantity`),
    t1Quantity: count(row['t1Quantity'] ?? 0, `${at}.t1Quantity`),
    usedQuantity: count(row['usedQuantity'] ?? 0, `${at}.usedQuantity`),
    collateralQuantity: count(row['collateralQuantity'] ?? 0, `${at}.collateralQuantity`),
    averagePrice: price(row['averagePrice'], `${at}.averagePrice`),
    discrepancy: flag(row['discrepancy'] ?? false, `${at}.discrepancy`),
    ...(row['mtf'] !== undefined && { mtf: readFunded(row['mtf'], `${at}.mtf`) }),
  }
}

function readFunded(json: unknown, at: string) {
  const row = fields(json, at, ['quantity', 'averagePrice'])
  return {
    quantity: count(row['quantity'], `${at}.quantity`),
    averagePrice: price(row['averagePrice'], `${at}.averagePrice`),
  }
}

function readPosition(json: unknown, at: string): ScriptedPosition {
  const row = fields(json, at, ['instrument', 'product', 'multiplier', 'overnight', 'trades'])
  return {
    instrument: text(row['instrument'], `${at}.instrument`),
    product: text(row['product'], `${at}.product`),
    multiplier: multiplier(row['multiplier'] ?? 1, `${at}.multiplier`),
    trades: list(row['trades'] ?? [], `${at}.trades`, readTrade),
    ...(row['overnight'] !== undefined && { overnight: readOvernight(row['overnight'], `${at}.overnight`) }),
  }
}

function readOvernight(json: unknown, at: string) {
  const row = fields(json, at, ['quantity', 'price'])
  const quantity = row['quantity']
  if (typeof quantity !== 'number' || !Number.isInteger(quantity)) throw fault(`${at}.quantity`, 'a whole number')
  return { quantity, price: price(row['price'], `${at}.price`) }
}

function readTrade(json: unknown, at: string): ScriptedTrade {
  const row = fields(json, at, ['side', 'quantity', 'price'])
  const { side } = row
  if (side !== 'buy' && side !== 'sell') throw fault(`${at}.side`, 'buy or sell')
  return { side, quantity: count(row['quantity'], `${at}.quantity`), price: price(row['price'], `${at}.price`) }
}

/** `names` null takes any. */
function fields(value: unknown, at: string, names: readonly string[] | null): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fault(at, 'an object')
  const stranger = Object.keys(value).find((name) => names !== null && !names.includes(name))
  if (stranger !== undefined) throw fault(`${at}.${stranger}`, `left out: fields are ${names?.join(', ')}`)
  return { ...value }
}

function list<T>(value: unknown, at: string, read: (item: unknown, at: string) => T): readonly T[] {
  if (!Array.isArray(value)) throw fault(at, 'a list')
  return value.map((item, i) => read(item, `${at}[${i}]`))
}

function text(value: unknown, at: string): string {
  if (typeof value !== 'string' || value === '') throw fault(at, 'a text')
  return value
}

function count(value: unknown, at: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw fault(at, 'a whole number of 0 or more')
  return value
}

function multiplier(value: unknown, at: string): number {
  if (typeof value !== 'number' || !(value > 0)) throw fault(at, 'a number above 0')
  return value
}

function flag(value: unknown, at: string): boolean {
  if (typeof value !== 'boolean') throw fault(at, 'true or false')
  return value
}

function price(value: unknown, at: string): ScriptedPrice {
  if (typeof value === 'number' && value >= 0) return value
  if (typeof value === 'string' && /^\d+(\.\d+)?%$/.test(value)) return value as ScriptedPrice
  throw fault(at, 'rupees as a number, or a part of the previous close as "98.5%"')
}

function fault(at: string, rule: string): Error {
  return new Error(`The portfolio's ${at} must be ${rule}.`)
}
