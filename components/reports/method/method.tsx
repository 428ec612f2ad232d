import type { ReactNode } from 'react'
import { establishedRule } from '@/lib/domain/agreement/established'
import { howToRead } from '@/lib/domain/reports/reading/claim-words'
import type { ReportView } from '@/lib/domain/reports/schema'
import { ChangedSince } from './changed-since'
import { AgreementSection } from './agreement-section'
import { DocumentTable } from './document-table'
import { ReviewSessions } from './review-sessions'
import { hasSensitivity, Sensitivity } from './sensitivity'
import { TwoPhaseMethod } from './two-phase-method'

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="report-fold printed border-b border-line">
      <summary className="cursor-pointer py-2.5 hover:bg-hover/60 print:pt-4 print:pb-1">
        <h3 className="inline font-serif text-lg font-semibold">{title}</h3>
      </summary>
      <div className="pt-1 pb-5 print:pb-1">{children}</div>
    </details>
  )
}

function HowToRead() {
  return (
    <div className="grid max-w-[44rem] gap-2 text-ink-2">
      {howToRead.map((says) => (
        <p key={says}>{says}</p>
      ))}
      <p>Intervals of shares are 95 % (Wilson), widened because claims of one document are alike. {establishedRule}</p>
    </div>
  )
}

/** How a report came about: review, documents, agreement, how to read it, and its hash. Folded on the screen, on a sheet of its own on paper. */
export function Method({ report }: { report: ReportView }) {
  const { documents, reviewedDocuments, agreement, methodVersion, inputSha256 } = report
  const { withdrawn, earlierSessions, reopenedSessions } = report
  return (
    <section aria-labelledby="method" className="print:break-before-page">
      <h2 id="method" className="mt-11 mb-2 font-serif text-xl font-semibold print:mt-0">
        Method and data
      </h2>
      <div className="border-t border-line">
        {reviewedDocuments > 0 && (
          <Part title="How it was reviewed">
            <ReviewSessions report={report} />
          </Part>
        )}
        {report.twoPhase !== undefined && (
          <Part title="Read once, and a part twice">
            <TwoPhaseMethod twoPhase={report.twoPhase} />
          </Part>
        )}
        {hasSensitivity(report) && (
          <Part title="How firm the figures are">
            <Sensitivity report={report} />
          </Part>
        )}
        {withdrawn.length + earlierSessions.length + reopenedSessions.length > 0 && (
          <Part title="Taken out or replaced">
            <ChangedSince report={report} />
          </Part>
        )}
        {documents.length > 0 && (
          <Part title="Documents">
            <DocumentTable report={report} />
          </Part>
        )}
        {reviewedDocuments > 0 && (
          <Part title="Agreement between reviewers">
            <AgreementSection agreement={agreement} />
          </Part>
        )}
        <Part title="How to read this">
          <HowToRead />
        </Part>
      </div>
      <p className="mt-3 font-mono text-xs break-all text-ink-3">
        method {methodVersion} · inputs sha256 {inputSha256}
      </p>
    </section>
  )
}
