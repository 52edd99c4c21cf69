export type { Chart, ChartBar } from './chart.ts'
export { yahooAddresses, yahooLimits, yahooOperations, yahooPlaces } from './operations.ts'
export { fetchDailyBars } from './yahoo-charts.ts'
export { createYahooQuotes, type YahooQuotesParts } from './yahoo-quotes.ts'
