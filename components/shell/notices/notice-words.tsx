import { Link } from '@/components/ui/controls/link'

/** A note about changes that this device still keeps. */
export interface OutboxNote {
  key: string
  words: string
  /** The page that shows them; null for another member's changes. */
  href: string | null
}

/** Notes about changes on this device, each with a link to them. */
export function OutboxNotes({ notes, onHide }: { notes: readonly OutboxNote[]; onHide: (key: string) => void }) {
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

/** Says that nobody is signed in, and links to sign-in in another tab. */
export function SignedOutWords() {
  return (
    <div
      role="alert"
      className="pointer-events-none fixed inset-x-0 top-[calc(var(--shell-top)+0.5rem)] z-50 grid justify-items-center px-3 print:hidden"
    >
      <p className="pointer-events-auto flex max-w-xl flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line-strong bg-surface px-4 py-3 shadow-float">
        <span className="min-w-0 flex-1 basis-72">
          <b className="font-semibold">You are signed out.</b> What you typed is still on this page: sign in beside it,
          come back, and send it again.
        </span>
        <a
          href={`/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`}
          target="_blank"
          rel="opener"
          className="font-semibold text-accent underline underline-offset-2"
        >
          Sign in again in a new tab
        </a>
      </p>
    </div>
  )
}
