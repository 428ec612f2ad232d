/** How firm the shares of a report are: what one document decides, and what reading more would tell. */
import { planFurther } from '../statistics/planned-sample'
import { assessedRatings, type AssessedRating, type DocumentLine, type ReportView } from './schema'

type LeaveOneOut = NonNullable<ReportView['leaveOneOut']>

function leaveOneOut(lines: readonly DocumentLine[], rating: AssessedRating): LeaveOneOut[AssessedRating] | null {
  const count = lines.reduce((sum, { claims }) => sum + claims[rating], 0)
  const of = lines.reduce((sum, { claims }) => sum + claims.assessed, 0)
  const without = lines
    .filter(({ claims }) => claims.assessed > 0 && claims.assessed < of)
    .map(({ id: documentId, title, claims }) => {
      return { share: (count - claims[rating]) / (of - claims.assessed), documentId, title }
    })
  const [first, ...others] = without
  if (first === undefined) return null
  return {
    lowest: others.reduce((least, each) => (each.share < least.share ? each : least), first),
    highest: others.reduce((most, each) => (each.share > most.share ? each : most), first),
  }
}

function leaveEachOut(lines: readonly DocumentLine[]): ReportView['leaveOneOut'] {
  const [sourced, unsourced, contradicted] = assessedRatings.map((rating) => leaveOneOut(lines, rating))
  return sourced && unsourced && contradicted ? { sourced, unsourced, contradicted } : null
}

function points(share: number): string {
  const value = Math.round(share * 100)
  return `${value} ${value === 1 ? 'point' : 'points'}`
}

function furtherDocuments(lines: readonly DocumentLine[]): ReportView['furtherDocuments'] {
  const plan = planFurther(
    assessedRatings.map((rating) => lines.map(({ claims }) => ({ count: claims[rating], of: claims.assessed }))),
  )
  if (plan === null) return null
  const { halfWidth, target, further } = plan
  const says = `The widest interval reaches ${points(halfWidth)} to either side. About ${further} more ${further === 1 ? 'document' : 'documents'} like these, reviewed in the same way, would bring that to ${points(target)}.`
  return { ...plan, says }
}

/** The rows of sensitivity of a report that states shares, over the lines of its reviewed documents. */
export function stateSensitivity(lines: readonly DocumentLine[]): Pick<ReportView, 'leaveOneOut' | 'furtherDocuments'> {
  return { leaveOneOut: leaveEachOut(lines), furtherDocuments: furtherDocuments(lines) }
}
