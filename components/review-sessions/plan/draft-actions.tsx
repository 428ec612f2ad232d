'use client'

import { useRouter } from 'next/navigation'
import { deleteWithUndo } from '@/components/shell/lists/delete-with-undo'
import { Button } from '@/components/ui/controls/button'
import { copySession } from '@/lib/client/api/review-sessions'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import { useRun } from '@/components/shell/use-run'

/** What can be done to a whole plan: keep it as a template, copy it, delete it. */
export function DraftActions({ session }: { session: SessionView }) {
  const router = useRouter()
  const { busy, run } = useRun()
  const copy = async (asTemplate: boolean) => {
    const answer = await run(
      asTemplate ? 'template' : 'copy',
      () => copySession(session.id, { asTemplate, documents: !asTemplate }),
      ({ name }) => (asTemplate ? `Saved “${name}” as a template.` : `This is the copy, “${name}”.`),
    )
    if (answer.ok) router.push(`/review-sessions/${answer.value.id}`)
  }
  return (
    <>
      {session.may.delete && (
        <Button
          variant="quiet"
          onClick={() =>
            void deleteWithUndo({
              path: `/api/v1/review-sessions/${session.id}`,
              version: session.version,
              name: session.name,
              after: (state) => {
                router.push(state === 'deleted' ? '/review-sessions' : `/review-sessions/${session.id}`)
                router.refresh()
              },
            })
          }
        >
          Delete
        </Button>
      )}
      {!session.isTemplate && (
        <>
          <Button busy={busy === 'copy'} onClick={() => void copy(false)}>
            Copy
          </Button>
          <Button busy={busy === 'template'} onClick={() => void copy(true)}>
            Save as template
          </Button>
        </>
      )}
    </>
  )
}
