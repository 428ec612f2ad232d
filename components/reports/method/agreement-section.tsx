import { FigureTable } from '@/components/agreement/tables'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { Tag } from '@/components/ui/text/tag'
import type { ReportAgreement } from '@/lib/domain/reports/review-schema'

/** How far reviewers agreed before anything was settled: the judgement first, then each figure with its n and interval. */
export function AgreementSection({ agreement }: { agreement: ReportAgreement }) {
  const { established, says, cautions, detectionSays, figures, methodVersion, documents, claims } = agreement
  return (
    <>
      <p className="max-w-2xl">
        <Tag tone={established ? 'accent' : 'neutral'} className="me-2 align-[2px]">
          {established ? 'Established' : 'Not established'}
        </Tag>
        {says}
      </p>
      {cautions.map(({ code, says: words }) => (
        <p key={code} className="mt-2 max-w-2xl text-ink-2">
          {words}
        </p>
      ))}
      {detectionSays !== null && <p className="mt-2 max-w-2xl text-ink-2">{detectionSays}</p>}
      {figures !== null && (
        <div className="mt-4 print:break-inside-avoid">
          <FigureTable slice={figures} caption="Agreement on the documents of this report" />
          <p className="mt-3 max-w-2xl text-sm text-ink-3">
            Only ratings made before anyone could see the others’ enter: {numberInWords(claims.coMarked)} of{' '}
            {countInWords(claims.total, 'claim')} have two or more. {countInWords(documents.compared, 'document')} of{' '}
            {numberInWords(documents.blind)} read blind {documents.compared === 1 ? 'was' : 'were'} read by two or more
            {documents.open > 0 && `; ${countInWords(documents.open, 'document')} read in the open measure nothing`}.
            One is perfect, zero is what chance alone would give. Intervals are 95 %, from leaving out one document at a
            time; method {methodVersion}.
          </p>
        </div>
      )}
    </>
  )
}
