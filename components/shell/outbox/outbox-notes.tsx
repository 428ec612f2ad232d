import { Link } from '@/components/ui/controls/link'

/** What is said about changes that still wait on this device. */
export interface OutboxNote {
  key: string
  words: string
  /** Where they can be looked at; null for another member's. */
  href: string | null
}

/** Notes about what waits on this device, each with a way there. Default export because it is loaded on first use. */
export default function OutboxNotes({
  notes,
  onHide,
}: {
  notes: readonly OutboxNote[]
  onHide: (key: string) => void
}) {
  return notes.map(({ key, words, href }) => (
    <div
      key={key}
      className="pointer-events-auto flex items-center gap-3 rounded-md border border-line-strong bg-surface px-3.5 py-2 shadow-float"
    >
      <p dir="auto" className="min-w-0 flex-1">
        {words}
      </p>
      {href !== null && (
        <Link href={href} className="font-semibold text-accent underline underline-offset-2">
          Open
        </Link>
      )}
      <button
        type="button"
        className="rounded-sm px-1.5 py-0.5 text-sm text-ink-2 hover:bg-hover"
        onClick={() => {
          onHide(key)
        }}
      >
        Hide
      </button>
    </div>
  ))
}
