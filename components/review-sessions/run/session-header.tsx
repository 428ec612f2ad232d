'use client'

import { Link } from '@/components/ui/controls/link'
import { useRouter } from 'next/navigation'
import { Button, LinkButton } from '@/components/ui/controls/button'
import { Menu, type MenuItem } from '@/components/ui/overlays/menu'
import { PageHeader } from '@/components/ui/layout/page-header'
import { Tag } from '@/components/ui/text/tag'
import { copySession } from '@/lib/client/api/review-sessions'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import type { SessionTransition } from '@/lib/domain/review-sessions/states'
import { stateInWords } from '../list/session-words'
import { transitionInWords } from './transition-dialog'
import { useRun } from '@/components/shell/use-run'

/** The dialogs of a session's page. */
export type SessionPanel = 'guidelines' | 'members' | 'documents' | 'distribute' | 'edit'

export interface SessionHeaderProps {
  session: SessionView
  leads: boolean
  hasGuidelines: boolean
  onPanel: (panel: SessionPanel) => void
  onMove: (name: SessionTransition) => void
}

/** The name of a session, its state and the actions on the whole session. */
export function SessionHeader({ session, leads, hasGuidelines, onPanel, onMove }: SessionHeaderProps) {
  const { items, isBusy } = useSessionMenu(session, { onPanel, onMove })
  const { state } = session
  const here = `/review-sessions/${session.id}`
  const settling = state === 'adjudication' || state === 'closed'

  const forward = session.transitions.find(({ name }) => name !== 'reopen')
  return (
    <PageHeader
      manyActions
      title={
        <>
          {session.name}{' '}
          <span className="ms-1 inline-flex align-middle font-sans tracking-normal">
            <Tag tone={state === 'active' ? 'accent' : 'neutral'}>{stateInWords(session)}</Tag>
          </span>
        </>
      }
      back={<Link href="/review-sessions">Review sessions</Link>}
      actions={
        <>
          {settling && <LinkButton href={`${here}/agreement`}>Agreement</LinkButton>}
          {leads && (
            <Menu
              label="More about the session"
              align="end"
              items={items}
              trigger={(props) => (
                <Button {...props} busy={isBusy}>
                  More
                </Button>
              )}
            />
          )}
          {forward !== undefined && (
            <Button
              variant={forward.unmet.length === 0 ? 'primary' : 'secondary'}
              onClick={() => {
                onMove(forward.name)
              }}
            >
              {transitionInWords(forward.name, state).label} …
            </Button>
          )}
          {settling && (leads || session.may.adjudicate || state === 'closed') && (
            <LinkButton variant="primary" href={`${here}/adjudication`}>
              {state === 'closed' ? 'Verdicts' : 'Open adjudication'}
            </LinkButton>
          )}
        </>
      }
    >
      {(session.question !== '' || hasGuidelines) && (
        <p dir="auto">
          {session.question}{' '}
          {hasGuidelines && (
            <button
              type="button"
              className="font-medium text-accent underline underline-offset-2"
              onClick={() => {
                onPanel('guidelines')
              }}
            >
              Guidelines
            </button>
          )}
        </p>
      )}
    </PageHeader>
  )
}

/** The actions beside a session's next step: changing, exporting, copying, moving back. */
function useSessionMenu(
  session: SessionView,
  { onPanel, onMove }: Pick<SessionHeaderProps, 'onPanel' | 'onMove'>,
): { items: MenuItem[]; isBusy: boolean } {
  const router = useRouter()
  const { busy, run } = useRun()
  const { state } = session
  const copy = async (asTemplate: boolean) => {
    const answer = await run(
      'copy',
      () => copySession(session.id, { asTemplate }),
      ({ name }) => (asTemplate ? `Saved “${name}” as a template.` : `This is the copy, “${name}”.`),
    )
    if (answer.ok) router.push(`/review-sessions/${answer.value.id}`)
  }
  const panel = (label: string, name: SessionPanel): MenuItem => ({
    kind: 'action',
    label,
    onSelect: () => {
      onPanel(name)
    },
  })
  const download = (label: string, file: string): MenuItem => ({
    kind: 'action',
    label,
    onSelect: () => {
      // A download leaves the page where it is.
      window.location.assign(new URL(`/api/v1/review-sessions/${session.id}/${file}`, window.location.origin))
    },
  })
  const back = session.transitions.find(({ name }) => name === 'reopen')?.name
  const items: MenuItem[] = [
    ...(session.may.update
      ? [
          panel('Name, guidelines, due date …', 'edit'),
          panel('Members …', 'members'),
          ...(state === 'active' ? [panel('Add documents …', 'documents'), panel('Distribute …', 'distribute')] : []),
          { kind: 'separator' } as const,
        ]
      : []),
    download('Export documents × reviewers, CSV', 'matrix.csv'),
    download('Export a line an assignment, CSV', 'assignments.csv'),
    { kind: 'separator' },
    {
      kind: 'action',
      label: 'Copy the session',
      onSelect: () => void copy(false),
    },
    {
      kind: 'action',
      label: 'Save as a template',
      onSelect: () => void copy(true),
    },
    ...(back === undefined
      ? []
      : [
          { kind: 'separator' } as const,
          {
            kind: 'action',
            label: `${transitionInWords(back, state).label} …`,
            onSelect: () => {
              onMove(back)
            },
          } as const,
        ]),
  ]
  return { items, isBusy: busy !== null }
}
