import type { Migration } from './migration.ts'

export const calibration: Migration = {
  name: '0008-calibration',
  statements: (t) => [
    `alter table edge_runs add column calibration ${t.text}`,
    // What was measured before has none, and in a replay no later day would bring one: the next start measures anew.
    'delete from edges',
    'delete from edge_runs',
  ],
}
