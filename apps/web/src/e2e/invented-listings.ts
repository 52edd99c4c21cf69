/** An instrument of the invented market: symbol and name are real, both prices are made up. */
export interface Listed {
  readonly instrument: string
  readonly symbol: string
  readonly name: string
  readonly sector: string | null
  readonly kind: 'index' | 'equity'
  readonly last: number
  readonly prevClose: number
}

export const inventedIndices: readonly Listed[] = [
  index('NSE', 'NIFTY 50', 15_712.4, 15_655.15),
  index('NSE', 'NIFTY BANK', 34_902.35, 35_120.7),
  index('BSE', 'SENSEX', 52_141.9, 51_990.25),
]

export const inventedSectors: readonly Listed[] = [
  index('NSE', 'NIFTY IT', 28_011, 27_610.2),
  index('NSE', 'NIFTY PHARMA', 14_060.5, 13_905.3),
  index('NSE', 'NIFTY FMCG', 36_120, 35_880.4),
  index('NSE', 'NIFTY METAL', 5_288.2, 5_262.1),
  index('NSE', 'NIFTY AUTO', 10_790.6, 10_761.4),
  index('NSE', 'NIFTY ENERGY', 20_404.3, 20_390.9),
  index('NSE', 'NIFTY MEDIA', 1_812.7, 1_814.2),
  index('NSE', 'NIFTY REALTY', 351.6, 353.8),
  index('NSE', 'NIFTY PSU BANK', 2_502.4, 2_522.6),
  index('NSE', 'NIFTY FIN SERVICE', 16_482.3, 16_633),
]

export const inventedShares: readonly Listed[] = [
  share('TCS', 'Tata Consultancy Services', 'Information Technology', 3_201.35, 3_142.2),
  share('INFY', 'Infosys', 'Information Technology', 1_422.7, 1_395.05),
  share('WIPRO', 'Wipro', 'Information Technology', 548.9, 533.6),
  share('TECHM', 'Tech Mahindra', 'Information Technology', 1_071.2, 1_055.85),
  share('SUNPHARMA', 'Sun Pharmaceutical Industries', 'Healthcare', 688.4, 673.1),
  share('DIVISLAB', 'Divi’s Laboratories', 'Healthcare', 4_312.05, 4_240.6),
  share('HINDUNILVR', 'Hindustan Unilever', 'Fast Moving Consumer Goods', 2_391.2, 2_366.75),
  share('ITC', 'ITC', 'Fast Moving Consumer Goods', 209.55, 208.9),
  share('TITAN', 'Titan Company', 'Consumer Durables', 1_749.3, 1_741.2),
  share('RELIANCE', 'Reliance Industries', 'Oil Gas & Consumable Fuels', 2_204.1, 2_208.75),
  share('M&M', 'Mahindra & Mahindra', 'Automobile and Auto Components', 801.6, 806.95),
  share('BAJAJ-AUTO', 'Bajaj Auto', 'Automobile and Auto Components', 4_180.2, 4_216.3),
  share('TATASTEEL', 'Tata Steel', 'Metals & Mining', 1_088.4, 1_101.25),
  share('HDFCBANK', 'HDFC Bank', 'Financial Services', 1_470.15, 1_489.3),
  share('ICICIBANK', 'ICICI Bank', 'Financial Services', 629.4, 640.2),
  share('SBIN', 'State Bank of India', 'Financial Services', 421.9, 431.35),
  share('AXISBANK', 'Axis Bank', 'Financial Services', 731.5, 749.8),
  share('BAJFINANCE', 'Bajaj Finance', 'Financial Services', 5_702.25, 5_871.9),
]

function index(exchange: string, symbol: string, last: number, prevClose: number): Listed {
  return { instrument: `${exchange}:${symbol}`, symbol, name: symbol, sector: null, kind: 'index', last, prevClose }
}

function share(symbol: string, name: string, sector: string, last: number, prevClose: number): Listed {
  return { instrument: `NSE:${symbol}`, symbol, name, sector, kind: 'equity', last, prevClose }
}
