import { type JournalFigures, JournalFilterQuery, JournalStatisticsReply, named } from '@banyan/contracts'
import { type Decimal, roundHalfAway, toNumber } from '@banyan/domain'
import type { FastifyInstance } from 'fastify'
import type { Figures, JournalModule, JournalStatistics } from '../../modules/journal/index.ts'
import { accountIdOf } from '../api/api-checks.ts'
import { entryFilter } from '../api/journal-filter.ts'
import { readParameters } from '../api/parameters.ts'
import { responses, userErrors } from '../api/route-schema.ts'

/** GET /api/journal/statistics (ours). */
export function addJournalStatistics(app: FastifyInstance, { journal }: { readonly journal: JournalModule }): void {
  app.get('/api/journal/statistics', {
    config: { credential: 'user', scope: 'journal:read', rateClass: 'api' },
    schema: {
      operationId: 'getJournalStatistics',
      summary: 'What the trades of the journal made, in total, by month, tag and pattern',
      tags: ['journal'],
      querystring: JournalFilterQuery,
      response: responses({ 200: named(JournalStatisticsReply) }, [
        ...userErrors,
        'insufficient_scope',
        'invalid_parameter',
      ]),
    },
    async handler(request): Promise<JournalStatisticsReply> {
      const filter = readParameters(request.query, entryFilter)
      return toStatistics(await journal.statistics(accountIdOf(request), filter))
    },
  })
}

function toStatistics(statistics: JournalStatistics): JournalStatisticsReply {
  const { entries, open, unpriced, total, byMonth, byTag, byPattern, withoutPattern, patternsUnknown } = statistics
  return {
    entries,
    open,
    unpriced,
    total: toFigures(total),
    by_month: [...byMonth].map(([month, figures]) => ({ month, ...toFigures(figures) })),
    by_tag: [...byTag].map(([tag, figures]) => ({ tag, ...toFigures(figures) })),
    by_pattern: [...byPattern].map(([pattern, figures]) => ({ pattern_id: pattern, ...toFigures(figures) })),
    without_pattern: toFigures(withoutPattern),
    patterns_unknown: toFigures(patternsUnknown),
  }
}

function toFigures({ trades, wins, losses, winRatePct, ...figures }: Figures): JournalFigures {
  return {
    trades,
    wins,
    losses,
    win_rate_percent: winRatePct === null ? null : roundHalfAway(winRatePct, 2),
    pnl: toNumber(figures.pnl, 2),
    gross_profit: toNumber(figures.grossProfit, 2),
    gross_loss: toNumber(figures.grossLoss, 2),
    average_win: orNull(figures.averageWin),
    average_loss: orNull(figures.averageLoss),
    expectancy: orNull(figures.expectancy),
    profit_factor: orNull(figures.profitFactor),
  }
}

function orNull(value: Decimal | null): number | null {
  return value && toNumber(value, 2)
}
