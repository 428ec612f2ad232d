'use client'

import { useState } from 'react'
import { Link } from '@/components/ui/controls/link'
import { Button, IconButton } from '@/components/ui/controls/button'
import { classNames } from '@/components/ui/class-names'
import { Card } from '@/components/ui/layout/card'
import { Menu } from '@/components/ui/overlays/menu'
import { Parts } from '@/components/ui/layout/parts'
import { ShowMore } from '@/components/ui/layout/list-parts'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import type { MatrixDocument, MatrixReviewer } from '@/lib/domain/assignments/matrix'
import { Icon } from '@/components/ui/icon'
import { placeOf, readOnceInWords, takersOf, type Board } from './board'
import { cellMenu, type CellDeeds } from './cell-deeds'
import { CellContent } from './matrix-cell'

const step = 20
const firstCards = 6

/** The matrix for small screens: one card per document, with its reviewers. */
export function MatrixCards({
  board,
  documents,
  reviewers,
  selected,
  deeds,
  isFirst,
}: {
  board: Board
  documents: readonly MatrixDocument[]
  reviewers: readonly MatrixReviewer[]
  selected: ReadonlySet<string>
  deeds: CellDeeds
  /** Whether this renders before the screen's width is known; then it shows only as many cards as fill a small screen. */
  isFirst: boolean
}) {
  const [opened, setShown] = useState(step)
  const shown = isFirst ? firstCards : opened
  return (
    <>
      <ul aria-label="Documents" className="grid gap-3">
        {documents.slice(0, shown).map((document) => (
          <li key={document.id}>
            <DocumentCard board={board} document={document} reviewers={reviewers} selected={selected} deeds={deeds} />
          </li>
        ))}
      </ul>
      {documents.length > shown && (
        <ShowMore
          shown={shown}
          total={documents.length}
          onMore={() => {
            setShown((before) => before + step)
          }}
        />
      )}
    </>
  )
}

function DocumentCard({
  board,
  document,
  reviewers,
  selected,
  deeds,
}: {
  board: Board
  document: MatrixDocument
  reviewers: readonly MatrixReviewer[]
  selected: ReadonlySet<string>
  deeds: CellDeeds
}) {
  const { matrix, leads } = board
  const held = reviewers.map((reviewer) => placeOf(document, reviewer)).filter(({ cell }) => cell !== null)
  const canAssign =
    leads && (matrix.state === 'draft' || matrix.state === 'active') && takersOf(board, document).length > 0
  const missing = document.missing ?? 0
  return (
    <Card className="grid gap-2.5 px-4 py-3">
      <div>
        <Link
          dir="auto"
          prefetch={false}
          href={`/documents/${document.id}`}
          className="font-serif text-md font-medium hover:underline"
        >
          {document.title}
        </Link>
        <p className="text-sm text-ink-3">
          <Parts
            parts={[
              document.source.name,
              `${numberInWords(document.words)} words`,
              readOnceInWords(document),
              document.openClaims === null || document.openClaims === 0
                ? ''
                : `${countInWords(document.openClaims, 'claim')} to settle`,
            ]}
          />
        </p>
      </div>
      {held.length > 0 && (
        <ul aria-label="Reviewers" className="grid gap-2">
          {held.map((place) => (
            <ReviewerLine
              key={place.reviewer.member.id}
              board={board}
              document={document}
              place={place}
              isSelected={place.cell !== null && selected.has(place.cell.assignmentId)}
              deeds={deeds}
            />
          ))}
        </ul>
      )}
      {(missing > 0 || canAssign) && (
        <div className="flex items-center justify-between gap-3">
          <span className={missing > 0 ? 'text-sm text-unsourced' : 'text-sm text-ink-3'}>
            {missing > 0 ? `${countInWords(missing, 'place')} free` : ''}
          </span>
          {canAssign && (
            <Button
              size="small"
              onClick={() => {
                deeds.ask({ kind: 'assign', document })
              }}
            >
              Assign …
            </Button>
          )}
        </div>
      )}
    </Card>
  )
}

/** One reviewer's cell in the card of a document, with its menu. */
function ReviewerLine({
  board,
  document,
  place,
  isSelected,
  deeds,
}: {
  board: Board
  document: MatrixDocument
  place: ReturnType<typeof placeOf>
  isSelected: boolean
  deeds: CellDeeds
}) {
  const { matrix } = board
  const { name } = place.reviewer.member
  return (
    <li className={classNames('flex items-center gap-2', isSelected && 'rounded-md bg-accent-soft')}>
      <span dir="auto" className="w-28 shrink-0 truncate text-sm font-medium">
        {name}
      </span>
      <span className="min-w-0 flex-1">
        <CellContent
          cell={place.cell}
          total={document.total}
          at={matrix.at}
          planned={matrix.state === 'draft'}
          conflicted={false}
        />
      </span>
      <Menu
        label={`${name}, “${document.title}”`}
        align="end"
        items={cellMenu(board, place, deeds)}
        trigger={(props) => (
          <IconButton
            {...props}
            size="small"
            label={`What to do with the review of ${name}`}
            icon={<Icon name="more" />}
          />
        )}
      />
    </li>
  )
}
