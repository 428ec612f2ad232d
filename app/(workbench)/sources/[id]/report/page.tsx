import { cache } from 'react'
import type { Metadata } from 'next'
import { Report } from '@/components/reports/report'
import { requireActor } from '@/lib/server/auth/current'
import { loadOrNotFound } from '@/lib/server/http/pages'
import { loadReport } from '@/lib/server/reports/loaders'

interface Props {
  params: Promise<{ id: string }>
}

// The title and the page show one report; computing it once keeps them equal.
const report = cache(async (id: string) => loadOrNotFound(loadReport(await requireActor(), id)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Reliability report: ${(await report((await params).id)).source.name}` }
}

export default async function ReportPage({ params }: Props) {
  return <Report report={await report((await params).id)} />
}
