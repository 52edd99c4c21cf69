/** How something stands. The shape differs as well as the colour. */
export interface StateLook {
  readonly sign: string
  readonly colour: string
  readonly word: string
}

/** A sign and its word. */
export function StateMark({ look }: { readonly look: StateLook }) {
  return (
    <span className="whitespace-nowrap text-sm font-medium">
      <span aria-hidden="true" className={`mr-1 ${look.colour}`}>
        {look.sign}
      </span>
      {look.word}
    </span>
  )
}
