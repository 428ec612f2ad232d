import type { Metadata } from 'next'
import { Link } from '@/components/ui/controls/link'
import { notFound } from 'next/navigation'
import { AgreementReport } from '@/components/agreement/agreement-report'
import { EmptyState } from '@/components/ui/layout/list-parts'
import { LinkButton } from '@/components/ui/controls/button'
import { PageHeader } from '@/components/ui/layout/page-header'
import { DomainError } from '@/lib/domain/errors'
import type { Actor } from '@/lib/server/access/gate'
import { loadSessionAgreement } from '@/lib/server/reports/loaders'
import { requireActor } from '@/lib/server/auth/current'
import { loadOrNotFound } from '@/lib/server/http/pages'
import { loadSession } from '@/lib/server/review-sessions/loaders'

export async function generateMetadata({ params }: { params: Promise<{ id: string }> }): Promise<Metadata> {
  const { id } = await params
  const actor = await requireActor(`/review-sessions/${id}/agreement`)
  return { title: `Agreement in ${(await loadOrNotFound(loadSession(actor, id))).name}` }
}

async function findAgreement(actor: Actor, id: string) {
  try {
    const [session, found] = await Promise.all([loadSession(actor, id), loadSessionAgreement(actor, id)])
    return { session, found }
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') return null
    throw error
  }
}

export default async function AgreementPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const actor = await requireActor(`/review-sessions/${id}/agreement`)
  const data = await findAgreement(actor, id)
  if (data === null) notFound()
  const { session, found } = data
  return (
    <div className="page-column">
      <PageHeader
        title="Agreement"
        back={
          <Link href={`/review-sessions/${session.id}`} dir="auto">
            {session.name}
          </Link>
        }
        actions={
          found.agreement !== null && (
            <a
              href={`/api/v1/review-sessions/${session.id}/agreement`}
              download="agreement.json"
              className="rounded-md px-2.5 py-1.5 font-medium text-accent hover:bg-accent-soft"
            >
              All figures as JSON
            </a>
          )
        }
      >
        How far the reviewers came to the same judgement on their own.
      </PageHeader>
      {found.agreement === null ? (
        <EmptyState
          title="No agreement to show"
          actions={<LinkButton href={`/review-sessions/${session.id}`}>Back to the session</LinkButton>}
        >
          {found.says}
        </EmptyState>
      ) : (
        <AgreementReport
          agreement={found.agreement}
          reviewers={found.reviewers}
          documents={found.documents}
          withdrawn={found.withdrawn}
        />
      )}
    </div>
  )
}
