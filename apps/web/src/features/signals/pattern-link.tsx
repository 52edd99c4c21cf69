import { Link } from '@tanstack/react-router'
import { Tooltip } from '../../components/tooltip.tsx'
import type { CatalogueRow } from './catalogue-rows.ts'

interface PatternLinkProps {
  readonly pattern: CatalogueRow['pattern']
  readonly direction: CatalogueRow['edge']['direction']
}

/** The pattern's name; its definition is one hover or focus away, and choosing it asks for its signals. */
export function PatternLink({ pattern, direction }: PatternLinkProps) {
  return (
    <Tooltip
      content={
        <>
          <p>{pattern.description}</p>
          <p className="mt-1 text-muted">{pattern.source}</p>
        </>
      }
    >
      <Link
        from="/signals"
        to="/signals"
        search={(before) => ({ ...before, pattern: pattern.pattern_id, direction })}
        resetScroll={false}
        data-row-key=""
        className="rounded font-medium underline-offset-2 hover:underline"
      >
        {pattern.name}
      </Link>
    </Tooltip>
  )
}
