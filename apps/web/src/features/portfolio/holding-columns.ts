/**
 * A row of the holdings as a grid. The widths are given, so that no row must be laid out for another, and rows out of sight not at all: as a
 * table, which the browser lays out as one, hundreds of them are too dear to change many times a second.
 */
export const holdingColumns = [
  'grid grid-cols-[minmax(0,1fr)_7rem_6.5rem]',
  'sm:grid-cols-[minmax(0,1fr)_9rem_8rem_9rem]',
  'md:grid-cols-[minmax(0,1fr)_6rem_7rem_8rem_7rem_8rem]',
  'lg:grid-cols-[minmax(0,1fr)_6rem_7rem_7rem_9rem_9rem_8rem_9rem]',
].join(' ')
