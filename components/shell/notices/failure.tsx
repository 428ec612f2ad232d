'use client'

import { Notice } from './notice'

const button =
  'min-h-9 rounded-md border border-line-strong bg-surface px-3 py-1.5 font-medium text-ink shadow-card hover:border-field hover:bg-hover'

/**
 * Reports an unexpected failure, with a second try and a way out. `digest` identifies the failure in the server's log. It imports little, because
 * every page contains it once per error boundary.
 */
export function Failure({ digest, onRetry }: { digest?: string | undefined; onRetry: () => void }) {
  return (
    <Notice
      title="This page could not be shown"
      actions={
        <>
          <button type="button" className={button} onClick={onRetry}>
            Try again
          </button>
          {/* A full page load, because the state of this page may be the cause. */}
          <button
            type="button"
            className={button}
            onClick={() => {
              window.location.assign(new URL('/documents', window.location.origin))
            }}
          >
            Go to documents
          </button>
        </>
      }
    >
      <p>Nothing that was saved is lost. Try again; if it happens once more, tell the server’s administrator.</p>
      {digest !== undefined && (
        <p className="text-sm text-ink-3">
          In the log it is <code className="font-mono">{digest}</code>.
        </p>
      )}
    </Notice>
  )
}
