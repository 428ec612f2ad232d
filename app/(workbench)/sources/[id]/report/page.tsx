import { cache } from 'react'
import type { Metadata } from 'next'
import { Link } from '@/components/ui/controls/link'
import { Comparison } from '@/components/reports/comparison'
import { Report } from '@/components/reports/report'
import { requireActor } from '@/lib/server/auth/current'
import { loadOrNotFound } from '@/lib/server/http/pages'
import { loadReport } from '@/lib/server/reports/loaders'
import { loadSources } from '@/lib/server/sources/loaders'
import { readQuery, type SearchParams } from '../../../query'

interface Props {
  params: Promise<{ id: string }>
  searchParams: Promise<SearchParams>
}

// The title and the page show one report; computing it once keeps them equal.
const report = cache(async (id: string) => loadOrNotFound(loadReport(await requireActor(), id)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Reliability report: ${(await report((await params).id)).source.name}` }
}

export default async function ReportPage({ params, searchParams }: Props) {
  const { id } = await params
  const { against } = readQuery(await searchParams, ['against'])
  const [own, sources] = [await report(id), await loadSources(await requireActor())]
  const other = against === undefined || against === id ? null : await report(against)
  const choices = sources.items.filter((source) => source.id !== id && source.documentCount > 0)
  return (
    <>
      <p className="mx-auto -mb-5 w-full max-w-[56rem] px-4 pt-8 text-sm text-ink-3 md:-mb-9 md:px-6 print:hidden">
        <Link href={`/sources/${id}`} dir="auto" className="[overflow-wrap:anywhere] hover:text-ink hover:underline">
          {own.source.name}
        </Link>
      </p>
      <Report report={own} />
      <Comparison report={own} other={other} choices={choices} areChoicesCut={sources.next !== null} />
    </>
  )
}
