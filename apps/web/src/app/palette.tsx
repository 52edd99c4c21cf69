import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Command, CommandPalette } from '../components/command-palette.tsx'
import { useDelayed } from '../lib/use-delayed.ts'
import { useMarketQueries } from './market-queries.ts'
import { chooseTheme, useTheme } from './theme.ts'

interface PaletteProps {
  readonly onClose: () => void
  readonly onKeys: () => void
}

/** Screens and what can be done from anywhere, and the instruments that fit what is typed. */
export function Palette({ onClose, onKeys }: PaletteProps) {
  const [text, setText] = useState('')
  const fixed = useFixedCommands(onKeys)
  const { found, problem, isSettled } = useInstrumentCommands(text)
  const fitting = fixed.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()))
  const commands = [...fitting, ...found]
  return (
    <CommandPalette
      text={text}
      onText={setText}
      commands={commands}
      message={messageOf(commands.length, problem, isSettled)}
      onClose={onClose}
    />
  )
}

function messageOf(count: number, problem: Error | null, isSettled: boolean): string | null {
  if (problem) return `Instruments cannot be searched. ${problem.message}`
  if (!isSettled) return count === 0 ? 'Searching…' : null
  return count === 0 ? 'Nothing fits.' : null
}

function useFixedCommands(onKeys: () => void): readonly Command[] {
  const navigate = useNavigate()
  const other = useTheme() === 'dark' ? 'light' : 'dark'
  const screen = (name: string, go: () => Promise<void>): Command => ({
    id: name,
    name,
    note: 'screen',
    run: () => void go(),
  })
  return [
    screen('Market', () => navigate({ to: '/', search: {} })),
    screen('Signals', () => navigate({ to: '/signals', search: {} })),
    screen('Portfolio', () => navigate({ to: '/portfolio', search: {} })),
    screen('Journal', () => navigate({ to: '/journal', search: {} })),
    screen('Account', () => navigate({ to: '/account' })),
    screen('Developers', () => navigate({ to: '/developers', search: {} })),
    screen('Status', () => navigate({ to: '/status' })),
    screen('Where prices come from', () => navigate({ to: '/sources', search: {} })),
    { id: 'theme', name: `Switch to ${other} colours`, run: () => chooseTheme(other) },
    { id: 'keys', name: 'Show the keys', note: '?', run: onKeys },
  ]
}

function useInstrumentCommands(text: string) {
  const { search } = useMarketQueries()
  const navigate = useNavigate()
  const wanted = useDelayed(text.trim(), 80)
  const { data, error, failureReason, isPlaceholderData } = useQuery({ ...search(wanted), enabled: wanted !== '' })
  const instruments = wanted === '' ? [] : (data?.instruments ?? [])
  return {
    found: instruments.map(
      ({ instrument, symbol, name, exchange }): Command => ({
        id: instrument,
        name: symbol,
        note: [name, exchange].filter(Boolean).join(' · '),
        run: () => void navigate({ to: '/instrument/$instrument', params: { instrument }, search: {} }),
      }),
    ),
    problem: wanted === '' || data ? null : (error ?? failureReason),
    isSettled: text.trim() === '' || (wanted === text.trim() && data !== undefined && !isPlaceholderData),
  }
}
