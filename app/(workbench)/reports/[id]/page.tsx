import { cache } from 'react'
import type { Metadata } from 'next'
import { AdditionEditor, type NotedClaim } from '@/components/reports/additions/addition-editor'
import { FrozenReport } from '@/components/reports/versions/frozen-report'
import { PublicationPanel, OwnName } from '@/components/reports/versions/version-actions'
import { Link } from '@/components/ui/controls/link'
import { packReport } from '@/lib/domain/reports/reading/pack-report'
import type { ReportView } from '@/lib/domain/reports/schema'
import { requireActor } from '@/lib/server/auth/current'
import { loadFrozenReport } from '@/lib/server/frozen-reports/loaders'
import { loadOrNotFound } from '@/lib/server/http/pages'
import { publicUrl } from '@/lib/server/env'
import { loadWorkspace } from '@/lib/server/workspaces/loaders'

interface Props {
  params: Promise<{ id: string }>
}

const frozen = cache(async (id: string) => loadOrNotFound(loadFrozenReport(await requireActor(), id)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await frozen((await params).id)
  if ('problem' in found) return { title: 'Reliability report' }
  const { report, number } = found.value
  return { title: `Reliability report: ${report.source.name}, version ${String(number)}` }
}

function claimsOf({ contradicted, unsourced, sourced }: ReportView): NotedClaim[] {
  return [contradicted, unsourced, sourced]
    .flat()
    .flatMap(({ claimId, exact }) => (claimId === null ? [] : [{ id: claimId, exact }]))
}

export default async function FrozenReportPage({ params }: Props) {
  const { id } = await params
  const found = await frozen(id)
  if ('problem' in found) {
    return (
      <div className="mx-auto w-full max-w-2xl px-4 py-10">
        <h1 className="font-serif text-2xl font-semibold">Not yet</h1>
        <p className="mt-2 text-ink-2">{found.problem}</p>
      </div>
    )
  }
  const { value } = found
  const workspace = await loadWorkspace(await requireActor())
  const { may, own, additions, sourceId, report } = value
  const publications = value.publications.map((one) => ({ ...one, address: publicUrl(one.path) }))
  const open = publications.find(({ withdrawnAt }) => withdrawnAt === null)
  return (
    <>
      <p className="mx-auto -mb-3 w-full max-w-[60rem] px-4 pt-5 text-sm text-ink-3 md:px-8 print:hidden">
        <Link href={`/sources/${sourceId}/report`} className="[overflow-wrap:anywhere] hover:text-ink hover:underline">
          Live report on <bdi>{report.source.name}</bdi>
        </Link>
      </p>
      <FrozenReport
        version={{ ...value, report: packReport(report) }}
        workspace={workspace.name}
        address={open?.address ?? publicUrl(`/reports/${id}`)}
        place="workbench"
        bundlePath={`/api/v1/reports/${id}/bundle`}
        exportPath={`/api/v1/reports/${id}/export`}
        isPublished={open !== undefined}
        actions={may.publish && <PublicationPanel reportId={id} publications={publications} />}
        editor={may.add && <AdditionEditor reportId={id} claims={claimsOf(report)} additions={additions} />}
        ownName={own !== null && <OwnName reportId={id} letter={own.letter} named={own.named} />}
      />
    </>
  )
}
