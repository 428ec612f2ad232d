'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { FileDrop } from '@/components/ui/controls/file-inputs'
import { RadioGroup } from '@/components/ui/controls/choices'
import { readTableBytes, mostRatingBytes, type RatingTable } from '@/lib/domain/finished-ratings/rating-table'
import { makeRatingsRecord, type RatingsRecord } from '@/lib/domain/finished-ratings/ratings-record'
import {
  guessColumns,
  readRatings,
  type RatingColumns,
  type ReadRatings,
  ratingFields,
} from '@/lib/domain/finished-ratings/read-ratings'
import type { RatingChoices } from '@/lib/domain/finished-ratings/rated-source'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { choicesOf, WordChoices, type CountedAs, ColumnChoices } from './choices'
import { RatingsReportView } from './ratings-report'

interface Opened {
  name: string
  bytes: Uint8Array
  table: RatingTable
}

type State =
  { is: 'ready' } | { is: 'working' } | { is: 'refused'; name: string; says: string } | { is: 'open'; opened: Opened }

async function openFile(file: File): Promise<State> {
  const refuse = (says: string): State => ({ is: 'refused', name: file.name, says })
  if (file.size > mostRatingBytes) return refuse('The file is too large for ratings: at most 64 MB are read.')
  try {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const read = readTableBytes(bytes)
    return read.ok ? { is: 'open', opened: { name: file.name, bytes, table: read.table } } : refuse(read.message)
  } catch {
    return refuse('The file could not be read. Choose it again.')
  }
}

/** Takes a file of finished ratings and makes a report of it, all within this browser: the file is sent nowhere. */
export function FinishedRatings() {
  const [state, setState] = useState<State>({ is: 'ready' })
  const take = async (file: File) => {
    setState({ is: 'working' })
    setState(await openFile(file))
  }
  return (
    <>
      <FileDrop
        label="Choose a file of ratings"
        hint="CSV with a header, or JSON objects; or drop it here. It is read in this browser and sent nowhere."
        accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,text/csv,application/json"
        multiple={false}
        disabled={state.is === 'working'}
        onFiles={([file]) => {
          if (file !== undefined) void take(file)
        }}
      />
      <div aria-live="polite" className="mt-6">
        {state.is === 'working' && <p className="text-ink-2">Reading the file …</p>}
        {state.is === 'refused' && (
          <p className="border-s-2 border-danger ps-3 [overflow-wrap:anywhere]">
            <b className="font-semibold">
              <bdi>{state.name}</bdi>:
            </b>{' '}
            {state.says}
          </p>
        )}
      </div>
      {state.is === 'open' && (
        <OpenedFile key={`${state.opened.name} ${state.opened.bytes.length}`} opened={state.opened} />
      )}
    </>
  )
}

const alikeOptions = [
  {
    value: 'nothing',
    label: 'Only items in the same document',
    hint: 'For ratings of documents that have little to do with each other.',
  },
  {
    value: 'date',
    label: 'Items with the same date',
    hint: 'For news that appears in many documents on the same day. The intervals get wider.',
  },
] as const

function OpenedFile({ opened: { name, bytes, table } }: { opened: Opened }) {
  const [columns, setColumns] = useState<RatingColumns>(() => guessColumns(table))
  const [read, setRead] = useState<ReadRatings>(() => readRatings(table, columns))
  const [counted, setCounted] = useState<ReadonlyMap<string, CountedAs>>(new Map())
  const [alike, setAlike] = useState<RatingChoices['alike']>('nothing')
  const [record, setRecord] = useState<RatingsRecord | null>(null)
  const choose = (chosen: RatingColumns) => {
    setColumns(chosen)
    setRead(readRatings(table, chosen))
    setRecord(null)
  }
  return (
    <div className="grid gap-9">
      <ColumnChoices name={name} table={table} columns={columns} onChange={choose} />
      {read.ok ? (
        <>
          <Preview read={read} columns={columns} />
          <WordChoices
            ratings={read.ratings}
            counted={counted}
            onChange={(chosen) => {
              setCounted(chosen)
              setRecord(null)
            }}
          />
          {columns.date !== null && (
            <RadioGroup
              legend="Which items are taken for alike"
              name="alike"
              options={alikeOptions}
              value={alike}
              onChange={(chosen) => {
                setAlike(chosen)
                setRecord(null)
              }}
            />
          )}
          <div>
            <Button
              variant="primary"
              onClick={() => {
                const choices = choicesOf(read.ratings, counted, columns.date === null ? 'nothing' : alike)
                setRecord(makeRatingsRecord({ file: { name, bytes }, read, columns, choices }))
              }}
            >
              Make the report
            </Button>
          </div>
          <div aria-live="polite">{record !== null && <RatingsReportView record={record} />}</div>
        </>
      ) : (
        <p role="status" className="border-s-2 border-unsourced ps-3 [overflow-wrap:anywhere]">
          {read.message}
        </p>
      )}
    </div>
  )
}

const heads: Record<(typeof ratingFields)[number], string> = {
  document: 'Document',
  item: 'Item',
  source: 'Source',
  rating: 'Rating',
  date: 'Date',
  rater: 'Rater',
}

const shownRows = 5
/** The most unusable rows that are listed. */
const mostListed = 100

/** A preview of the first rows, the number of usable rows, and why the others cannot be used. */
function Preview({ read, columns }: { read: Extract<ReadRatings, { ok: true }>; columns: RatingColumns }) {
  const { ratings, unusable, rows } = read
  const shown = ratingFields.filter((field) => columns[field] !== null || field === 'source')
  return (
    <section aria-labelledby="rows" className="grid gap-3">
      <h2 id="rows" className="font-serif text-xl font-semibold">
        {unusable.length === 0
          ? `All ${countInWords(rows, 'row')} can be used`
          : `${numberInWords(ratings.length)} of ${countInWords(rows, 'row')} can be used`}
      </h2>
      <Table caption="The first rows as they were read" focusable>
        <thead>
          <tr>
            <HeadCell numeric>Row</HeadCell>
            {shown.map((field) => (
              <HeadCell key={field}>{heads[field]}</HeadCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {ratings.slice(0, shownRows).map((rating, at) => (
            <tr key={at}>
              <Cell numeric>{rating.row}</Cell>
              {shown.map((field) => (
                <Cell key={field} className="max-w-56 truncate">
                  <bdi>{rating[field]}</bdi>
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      {unusable.length > 0 && (
        <details>
          <summary className="w-fit cursor-pointer font-medium">
            {countInWords(unusable.length, 'row is', 'rows are')} in no figure, and why
          </summary>
          <ul
            className="mt-2 grid max-h-72 gap-1 overflow-y-auto text-sm text-ink-2"
            tabIndex={0}
            aria-label="Unusable rows"
          >
            {unusable.slice(0, mostListed).map(({ row, says }, at) => (
              <li key={at} className="[overflow-wrap:anywhere]">
                <b className="tabular font-semibold">Row {row}.</b> {says}
              </li>
            ))}
            {unusable.length > mostListed && <li>and {countInWords(unusable.length - mostListed, 'row')} more</li>}
          </ul>
        </details>
      )}
    </section>
  )
}
