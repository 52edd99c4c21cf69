// Books and articles in which the figures are described.

export const nison = 'Steve Nison, Japanese Candlestick Charting Techniques (1991)'
export const nisonBeyond = 'Steve Nison, Beyond Candlesticks (1994)'
export const morris = 'Gregory L. Morris, Candlestick Charting Explained (1995)'
export const chesler = 'Daniel L. Chesler, Trading False Moves with the Hikkake Pattern, Active Trader, April 2004'
