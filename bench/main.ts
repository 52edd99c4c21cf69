// npm run bench [-- --quick]: figures side by side with their peers, measured in one run. Medians over interleaved rounds.
import { cpus } from 'node:os'
import { benchAnalysis } from './analysis-bench.ts'
import { benchCandlesticks } from './candlestick-bench.ts'
import { benchFormations } from './formation-bench.ts'
import { benchHttp } from './http-bench.ts'
import { benchIdentity } from './identity-bench.ts'
import { benchPaint } from './paint-bench.ts'
import { benchPortfolio } from './portfolio-bench.ts'
import { printReport } from './report.ts'
import { benchScroll } from './scroll-bench.ts'
import { benchSearch } from './search-bench.ts'
import { benchSimilarity } from './similarity-bench.ts'
import { benchStore } from './store-bench.ts'
import { benchWeb } from './web-bench.ts'

const quick = process.argv.includes('--quick')
console.log(
  `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}${quick ? ', quick' : ''}\n`,
)
printReport([
  ...(await benchHttp(quick ? { rounds: 3, seconds: 2 } : { rounds: 9, seconds: 2 })),
  ...(await benchStore(quick ? { symbols: 60, reads: 60 } : { symbols: 200, reads: 400 })),
  ...(await benchIdentity(quick ? { rounds: 1, seconds: 1, samples: 20 } : { rounds: 7, seconds: 3, samples: 200 })),
  ...(await benchPortfolio({ samples: quick ? 20 : 300 })),
  await benchSearch(quick ? 200 : 2_000),
  ...(await benchCandlesticks(quick ? 5 : 30)),
  ...benchFormations({ instruments: quick ? 50 : 500 }),
  ...(await benchAnalysis({ instruments: quick ? 200 : 2_000 })),
  ...(await benchSimilarity(
    quick ? { rounds: 2, points: 200_000, windows: 1_000_000 } : { rounds: 9, points: 1_000_000, windows: 5_000_000 },
  )),
  ...(await benchWeb(quick ? 5 : 20)),
  ...(await benchScroll(quick ? 300 : 1_200)),
  ...(await benchPaint(quick ? 3 : 9)),
])
