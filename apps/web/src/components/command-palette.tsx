import { type KeyboardEvent, useState } from 'react'
import { Dialog } from './dialog.tsx'

export interface Command {
  readonly id: string
  readonly name: string
  /** Beside the name, quieter: what kind of thing it is. */
  readonly note?: string
  readonly run: () => void
}

interface CommandPaletteProps {
  readonly text: string
  readonly onText: (text: string) => void
  /** What fits the text, best first. */
  readonly commands: readonly Command[]
  /** Read aloud and shown where nothing fits, or why that is not known. */
  readonly message: string | null
  readonly onClose: () => void
}

/** One field that reaches everything: type, walk with the arrows, choose with Enter. */
export function CommandPalette({ text, onText, commands, message, onClose }: CommandPaletteProps) {
  const [active, setActive] = useState(0)
  const at = Math.min(active, Math.max(commands.length - 1, 0))
  const choose = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const move = (step: number) => {
    if (commands.length > 0) setActive((at + step + commands.length) % commands.length)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const act = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => choose(commands[at]) }[event.key]
    if (!act || event.nativeEvent.isComposing) return
    event.preventDefault()
    act()
  }
  return (
    <Dialog title="Commands" quiet onClose={onClose}>
      <input
        type="text"
        role="combobox"
        aria-label="Go to a screen, an instrument, or do something"
        aria-expanded={commands.length > 0}
        aria-controls="commands"
        aria-autocomplete="list"
        aria-activedescendant={commands[at] ? `command-${at}` : undefined}
        placeholder="Screen, instrument or command"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          onText(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
        className="h-10 w-full rounded-lg border border-edge bg-surface px-3 text-[1rem] placeholder:text-muted"
      />
      <div id="commands" role="listbox" aria-label="Commands" className="mt-2 max-h-[50vh] overflow-y-auto">
        {commands.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and answers the keys (ARIA combobox)
          // biome-ignore lint/a11y/useFocusableInteractive: as above, options are reached through aria-activedescendant
          <div
            key={command.id}
            id={`command-${index}`}
            role="option"
            aria-selected={index === at}
            onPointerMove={() => setActive(index)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(command)}
            className="flex cursor-pointer items-baseline gap-3 rounded-md px-3 py-1.5 aria-selected:bg-raised"
          >
            <span className="font-medium">{command.name}</span>
            <span className="min-w-0 flex-1 truncate text-right text-xs text-muted">{command.note}</span>
          </div>
        ))}
      </div>
      <p role="status" className={message === null ? 'sr-only' : 'px-3 py-2 text-sm text-muted'}>
        {message ?? `${commands.length} fit`}
      </p>
    </Dialog>
  )
}
