import { Dialog } from './dialog.tsx'

const keys = [
  ['/', 'Search an instrument'],
  ['Ctrl K or ⌘ K', 'Go to a screen or an instrument, or do something'],
  ['?', 'This sheet'],
  ['↑ ↓ Home End', 'Move in a table or list once one of its rows has the focus'],
  ['↑ ↓ ← →', 'Move between the tiles of the market map once one has the focus; Tab goes to the next sector'],
  ['Enter', 'Open the row, or draw its pattern on the chart'],
  ['← →', 'Change interval, range or order once it has the focus; close or open the parts of a holding'],
  ['H', 'Hide or show amounts, on the portfolio and the journal'],
  ['Escape', 'Close what is open'],
] as const

/** Which keys do what. None of a single letter acts while somebody types. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-5 gap-y-2">
        {keys.map(([key, meaning]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="whitespace-nowrap rounded border border-line bg-raised px-1.5 py-0.5 font-sans text-xs">
                {key}
              </kbd>
            </dt>
            <dd className="text-sm">{meaning}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog" className="mt-4 text-right">
        <button type="submit" className="rounded-md border border-line px-3 py-1 text-sm font-medium hover:bg-raised">
          Close
        </button>
      </form>
    </Dialog>
  )
}
