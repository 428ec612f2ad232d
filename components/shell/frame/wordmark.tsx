/** The name of the product, underlined like a sourced claim. `short` shows only its first letter. */
export function Wordmark({ short = false }: { short?: boolean }) {
  return (
    <span className="font-serif text-lg leading-none font-semibold tracking-[-0.015em] text-ink">
      {short ? (
        <span className="border-b-2 border-sourced px-0.5 pb-px text-xl">S</span>
      ) : (
        <>
          Source<span className="border-b-2 border-sourced pb-px">mark</span>
        </>
      )}
    </span>
  )
}
