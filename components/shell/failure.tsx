'use client'

import { Button } from '@/components/ui/button'
import { Notice } from './notice'

/** Something failed that should not have: says so, offers another try and a way out. `digest` finds the failure in the server's log. */
export function Failure({ digest, onRetry }: { digest?: string | undefined; onRetry: () => void }) {
  return (
    <Notice
      title="This page could not be shown"
      actions={
        <>
          <Button variant="primary" onClick={onRetry}>
            Try again
          </Button>
          {/* A full load, because the state of the page may be what failed. */}
          <Button
            onClick={() => {
              window.location.assign(new URL('/documents', window.location.origin))
            }}
          >
            Go to documents
          </Button>
        </>
      }
    >
      <p>Nothing that was saved is lost. Try again; if it happens once more, tell whoever runs this workbench.</p>
      {digest !== undefined && (
        <p className="text-sm text-ink-3">
          In the log it is <code className="font-mono">{digest}</code>.
        </p>
      )}
    </Notice>
  )
}
