/** Word for word as stocktrendz.md §5.1 has it; screens that show the data must show it. */
export const disclaimer =
  'Banyan and whoever runs it are not registered with SEBI as investment adviser or research analyst. What you see here is information about past and present prices. It is not advice to buy, sell or hold.'
