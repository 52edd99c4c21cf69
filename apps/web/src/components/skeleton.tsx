/** The shape of what is on its way, without a figure that could be taken for one. `label` is read aloud. */
export function Skeleton({ label, rows, className = 'h-5' }: SkeletonProps) {
  return (
    <div role="status" data-loading="" className="flex flex-col gap-2">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
        <div key={key} className={`skeleton ${className}`} />
      ))}
    </div>
  )
}

interface SkeletonProps {
  readonly label: string
  readonly rows: number
  readonly className?: string
}
