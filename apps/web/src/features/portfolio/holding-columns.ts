/**
 * A row of the holdings as a grid. The widths are given, so that no row must be laid out for another, and rows out of sight not at all: as a
 * table, which the browser lays out as one, hundreds of them are too dear to change many times a second.
 */
export const holdingColumns = [
  'grid grid-cols-[minmax(0,1fr)_6.5rem]',
  'min-[22.5rem]:grid-cols-[minmax(0,1fr)_6.5rem_6.5rem]',
  'sm:grid-cols-[minmax(0,1fr)_9rem_8rem_9rem]',
  'md:grid-cols-[minmax(0,1fr)_5rem_6rem_7.5rem_6.5rem_7.5rem]',
  'lg:grid-cols-[minmax(0,1fr)_6rem_7rem_7rem_9rem_9rem_8rem_9rem]',
].join(' ')

/** Of the cell with the name: on the narrowest phones it has a line of its own above the figures. */
export const nameCell = 'max-[22.5rem]:col-span-full'
