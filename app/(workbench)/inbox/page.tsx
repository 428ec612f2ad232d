import { Inbox as InboxIcon } from 'lucide-react'
import type { Metadata } from 'next'
import {
  AdjudicationEntry,
  InboxSection,
  MentionEntry,
  SubmissionEntry,
  WorkEntry,
} from '@/components/inbox/inbox-lists'
import { FollowInbox, NotificationList } from '@/components/notifications/notification-list'
import { EmptyState } from '@/components/ui/layout/list-parts'
import { LinkButton } from '@/components/ui/controls/button'
import { PageHeader } from '@/components/ui/layout/page-header'
import { loadInbox } from '@/lib/server/assignments/loaders'
import { mayDo } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { loadStatesById } from '@/lib/server/documents/loaders'
import { loadNotifications } from '@/lib/server/notifications/loaders'

export const metadata: Metadata = { title: 'Inbox' }

export default async function InboxPage() {
  const actor = await requireActor('/inbox')
  const [inbox, { items, unread }] = await Promise.all([loadInbox(actor), loadNotifications(actor, 20)])
  const { at, due, returned, toAccept, toAdjudicate, mentions, counts } = inbox
  const now = Date.parse(at)
  const states = await loadStatesById(
    actor,
    [...due, ...returned, ...toAccept].map(({ document }) => document.id),
  )
  const isEmpty = [due, returned, toAccept, toAdjudicate, mentions].every((list) => list.length === 0)
  return (
    <div className="page-column">
      <FollowInbox />
      <PageHeader title="Inbox">What waits for you, the most pressing first.</PageHeader>
      {isEmpty && (
        <EmptyState
          icon={<InboxIcon />}
          title="Nothing waits for you"
          actions={<LinkButton href="/documents">Read documents</LinkButton>}
        >
          {mayDo(actor, 'annotation.create')
            ? 'Documents that a lead assigns to you appear here with their due dates, and so does returned work.'
            : 'Discussions that mention you appear here. Viewers are given no documents to review.'}
        </EmptyState>
      )}
      <div className="grid gap-8">
        {returned.length > 0 && (
          <InboxSection title="Returned to you" count={counts.returned}>
            {returned.map((assignment) => (
              <WorkEntry
                key={assignment.id}
                assignment={assignment}
                now={now}
                reviewState={states.get(assignment.document.id)}
              />
            ))}
          </InboxSection>
        )}
        {due.length > 0 && (
          <InboxSection title="To review" count={counts.due}>
            {due.map((assignment) => (
              <WorkEntry
                key={assignment.id}
                assignment={assignment}
                now={now}
                reviewState={states.get(assignment.document.id)}
              />
            ))}
          </InboxSection>
        )}
        {toAdjudicate.length > 0 && (
          <InboxSection title="To settle" count={counts.toAdjudicate}>
            {toAdjudicate.map((entry) => (
              <AdjudicationEntry key={entry.session.id} entry={entry} />
            ))}
          </InboxSection>
        )}
        {mentions.length > 0 && (
          <InboxSection title="Addressed to you" count={counts.mentions}>
            {mentions.map((mention) => (
              <MentionEntry key={mention.notificationId} mention={mention} />
            ))}
          </InboxSection>
        )}
        {toAccept.length > 0 && (
          <InboxSection title="Submitted, to accept or return" count={counts.toAccept}>
            {toAccept.map((assignment) => (
              <SubmissionEntry
                key={assignment.id}
                assignment={assignment}
                reviewState={states.get(assignment.document.id)}
              />
            ))}
          </InboxSection>
        )}
        {items.length > 0 && <NotificationList notifications={items} unread={unread} />}
      </div>
    </div>
  )
}
