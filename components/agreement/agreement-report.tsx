import type { ReactNode } from 'react'
import { Link } from '@/components/ui/controls/link'
import { ratingNames } from '@/lib/domain/annotations/words'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { Tag } from '@/components/ui/text/tag'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { establishedRule } from '@/lib/domain/agreement/established'
import type { Agreement, SessionAgreement } from '@/lib/domain/agreement/schema'
import { FigureTable, CoincidenceMatrix, PairMatrix } from './tables'
import { agreementInPlainWords, basisInWords, figureInWords, intervalInWords } from './words'

/** The lowest value of the strip; lower values are drawn at its start. */
const floor = -0.4

const width = 240

function Section({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  return (
    <section className="grid gap-2">
      <h2 className="font-serif text-xl font-semibold">{title}</h2>
      <p className="max-w-[46rem] text-ink-2">{about}</p>
      {children}
    </section>
  )
}

/** Says whether agreement is established, with the figure that decides it. */
function Judgement({ agreement }: { agreement: Agreement }) {
  const { established, reasons, cautions, detectionSays, unmarked, session } = agreement
  const { labelAlpha } = session
  return (
    <div className="grid gap-2 rounded-lg border border-line bg-surface px-5 py-4 shadow-card">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Tag tone={established ? 'accent' : 'neutral'}>
          {established ? 'Agreement established' : 'Agreement not established'}
        </Tag>
        {labelAlpha.value !== null && (
          <span>
            alpha for labels <b className="tabular text-lg font-semibold">{figureInWords(labelAlpha.value)}</b>
            {labelAlpha.interval !== null && (
              <span className="tabular text-ink-2"> ({intervalInWords(labelAlpha)})</span>
            )}
            , {basisInWords(labelAlpha)}
          </span>
        )}
      </p>
      {[...reasons, ...cautions].map(({ code, says }) => (
        <p key={code} className="text-ink-2">
          {says}
        </p>
      ))}
      {detectionSays !== null && <p className="text-ink-2">{detectionSays}</p>}
      {unmarked !== null && <p className="text-ink-2">{unmarked.says}</p>}
    </div>
  )
}

function PerRating({ agreement }: { agreement: Agreement }) {
  const prevalence = new Map(agreement.session.prevalence.map(({ category, coMarked }) => [category, coMarked]))
  const total = agreement.session.prevalence.reduce((sum, { coMarked }) => sum + coMarked, 0)
  return (
    <Table focusable caption="Agreement on each rating">
      <thead>
        <tr>
          <HeadCell>Rating</HeadCell>
          <HeadCell numeric>Alpha</HeadCell>
          <HeadCell className="max-md:hidden">95 % interval</HeadCell>
          <HeadCell numeric>Given</HeadCell>
        </tr>
      </thead>
      <tbody>
        {agreement.perRating.map(({ rating, slice: { labelAlpha } }) => (
          <tr key={rating}>
            <Cell>
              <Tag rating={rating}>{ratingNames[rating]}</Tag>
            </Cell>
            <Cell numeric>{labelAlpha.value === null ? 'none' : figureInWords(labelAlpha.value)}</Cell>
            <Cell className="text-sm max-md:hidden">
              {labelAlpha.value === null ? labelAlpha.reason?.says : intervalInWords(labelAlpha)}
            </Cell>
            <Cell numeric>
              {numberInWords(prevalence.get(rating) ?? 0)} of {numberInWords(total)}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

/** The agreement of a session: the verdict first, then every figure with its base. */
export function AgreementReport({
  agreement,
  reviewers,
  documents,
  withdrawn,
}: Omit<SessionAgreement, 'agreement' | 'says' | 'state' | 'sessionId'> & { agreement: Agreement }) {
  const { parameters, claims, spans, overlaps } = agreement
  const names = new Map(reviewers.map(({ id, name }) => [id, name]))
  const resolved = overlaps.cut + overlaps.divided + overlaps.covered
  return (
    <div className="grid gap-10">
      <p className="max-w-[46rem] font-serif text-xl text-pretty">{agreementInPlainWords(agreement)}</p>
      <Judgement agreement={agreement} />
      <Section
        title="Figures of the session"
        about="One is perfect agreement, zero is what chance alone would give. These figures use only ratings made before reviewers could see each other’s marks."
      >
        <FigureTable slice={agreement.session} caption="Figures of the session" />
      </Section>
      <Section title="Each rating" about="Each rating against all others, on claims that two or more marked.">
        <PerRating agreement={agreement} />
      </Section>
      <Section
        title="What was taken for what"
        about="How often each pair of ratings met on the same claim. The diagonal is agreement; the other cells show which ratings were confused."
      >
        <CoincidenceMatrix coincidences={agreement.coincidences} />
      </Section>
      <Section
        title="Each pair of reviewers"
        about="Alpha for labels on the claims that both marked; a dot where they shared none."
      >
        <PairMatrix
          matrix={agreement.pairwise.labelAlpha}
          names={agreement.reviewerIds.map((id) => names.get(id) ?? 'A member')}
        />
      </Section>
      <Section title="Each document" about="Lowest first: there the guidelines may need more detail.">
        <DocumentStrip
          documents={agreement.perDocument}
          titles={new Map(documents.map(({ id, title }) => [id, title]))}
        />
      </Section>
      <Section
        title="How it was computed"
        about={`Method ${agreement.methodVersion}. ${countInWords(spans, 'span')} in ${countInWords(claims.total, 'claim')}, of which ${numberInWords(claims.coMarked)} were marked by two or more reviewers. Spans of two reviewers are one claim from an overlap of ${figureInWords(parameters.minimumOverlap)} on. Intervals are 95 %, from leaving out one document at a time, with Student’s t. ${establishedRule} ${resolved === 0 ? '' : `${countInWords(resolved, 'overlap')} within one reviewer’s marks were resolved for the alphas of unitizing. `}${withdrawn === 0 ? '' : `${countInWords(withdrawn, 'rating')} of withdrawn work were left out.`}`}
      >
        {null}
      </Section>
    </div>
  )
}

function placeOf(value: number): number {
  return ((Math.max(floor, value) - floor) / (1 - floor)) * width
}

function Strip({ value }: { value: number }) {
  return (
    <svg viewBox={`-6 0 ${String(width + 12)} 16`} className="h-4 w-60 max-w-full" aria-hidden="true">
      <line x1={0} x2={width} y1={8} y2={8} className="stroke-line" />
      {[0, 0.667, 0.8].map((tick) => (
        <line key={tick} x1={placeOf(tick)} x2={placeOf(tick)} y1={3} y2={13} className="stroke-line-strong" />
      ))}
      <circle cx={placeOf(value)} cy={8} r={5} className="fill-accent stroke-surface" />
    </svg>
  )
}

/** Alpha for the labels of each document on one scale, lowest first, to show where the team disagreed. Lines mark 0, .667 and .800. */
function DocumentStrip({
  documents,
  titles,
}: {
  documents: Agreement['perDocument']
  titles: ReadonlyMap<string, string>
}) {
  const lowest = (value: number | null) => value ?? Number.MAX_SAFE_INTEGER
  const rows = [...documents].sort((a, b) => lowest(a.slice.labelAlpha.value) - lowest(b.slice.labelAlpha.value))
  return (
    <Table caption="Alpha for labels of each document">
      <thead>
        <tr>
          <HeadCell>Document</HeadCell>
          <HeadCell className="max-md:hidden">Alpha, with lines at 0, .667 and .800</HeadCell>
          <HeadCell numeric>Alpha</HeadCell>
          <HeadCell className="max-md:hidden">Rests on</HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ documentId, slice: { labelAlpha } }) => (
          <tr key={documentId}>
            <Cell className="max-w-96">
              <Link href={`/documents/${documentId}`} dir="auto" className="font-serif font-medium hover:underline">
                {titles.get(documentId) ?? 'A document'}
              </Link>
            </Cell>
            <Cell className="max-md:hidden">
              {labelAlpha.value === null ? (
                <span className="text-sm text-ink-3">{labelAlpha.reason?.says}</span>
              ) : (
                <Strip value={labelAlpha.value} />
              )}
            </Cell>
            <Cell numeric>{labelAlpha.value === null ? 'none' : figureInWords(labelAlpha.value)}</Cell>
            <Cell className="text-sm text-ink-2 max-md:hidden">{basisInWords(labelAlpha)}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
