import type { ClaimView } from '@/lib/domain/claims/schema'

/** The claim where it stands: its sentence with the ones around it, its words marked by colour and by a line. */
export function ClaimContext({ claim }: { claim: ClaimView }) {
  const { text, start } = claim.context
  const from = claim.start - start
  const to = claim.end - start
  return (
    <p
      dir="auto"
      className="max-w-[42rem] font-serif text-lg leading-relaxed [overflow-wrap:anywhere] whitespace-pre-line text-ink-2"
    >
      {text.slice(0, from)}
      <mark className="bg-accent-soft text-ink underline decoration-accent decoration-2 underline-offset-4">
        {text.slice(from, to)}
      </mark>
      {text.slice(to)}
    </p>
  )
}
