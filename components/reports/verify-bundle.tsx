'use client'

import { useState } from 'react'
import { mostBundleBytes } from '@/lib/domain/frozen-reports/bundle'
import { verifyBundle } from '@/lib/domain/frozen-reports/verify'
import { FileDrop } from '@/components/ui/controls/file-inputs'
import { LocalTime } from '@/components/ui/text/local-time'
import { Tag } from '@/components/ui/text/tag'
import { numberInWords } from '@/components/ui/text/wording'

type Found = ReturnType<typeof verifyBundle>
type Read = Exclude<Found, { outcome: 'unreadable' }>

const titles: Record<Read['outcome'], string> = {
  same: 'Same',
  different: 'Different',
  'other-method': 'Another version of the method',
}

async function verifyFile(file: File): Promise<Found> {
  if (file.size > mostBundleBytes) {
    return { outcome: 'unreadable', says: 'The file is too large for the bundle of a report, which has at most 64 MB.' }
  }
  const bytes = new Uint8Array(await file.arrayBuffer())
  // Lets the browser paint the progress message before the main thread is busy.
  await new Promise((resolve) => setTimeout(resolve, 30))
  return verifyBundle(bytes)
}

/**
 * Takes a bundle and checks, value by value, that its figures follow from its inputs. All of it happens in this browser: the file is sent nowhere.
 */
export function VerifyBundle() {
  const [state, setState] = useState<'ready' | 'working' | { file: string; found: Found }>('ready')
  const verify = async (file: File) => {
    setState('working')
    try {
      setState({ file: file.name, found: await verifyFile(file) })
    } catch {
      setState({
        file: file.name,
        found: { outcome: 'unreadable', says: 'The file could not be read. Choose it again.' },
      })
    }
  }
  return (
    <>
      <FileDrop
        label="Choose a bundle"
        hint="or drop it here. It is read in this browser and sent nowhere."
        accept=".json,application/json"
        multiple={false}
        disabled={state === 'working'}
        onFiles={([file]) => {
          if (file !== undefined) void verify(file)
        }}
      />
      <div aria-live="polite" className="mt-6">
        {state === 'working' && <p className="text-ink-2">Recomputing every figure …</p>}
        {typeof state === 'object' && <Result file={state.file} found={state.found} />}
      </div>
    </>
  )
}

function Result({ file, found }: { file: string; found: Found }) {
  if (found.outcome === 'unreadable') {
    return (
      <p className="border-s-2 border-danger ps-3 [overflow-wrap:anywhere]">
        <b className="font-semibold">
          <bdi>{file}</bdi>:
        </b>{' '}
        {found.says}
      </p>
    )
  }
  const { report, outcome, says, checks } = found
  return (
    <div className="grid gap-6">
      <div className="grid gap-1.5">
        <h2 className="font-serif text-2xl font-semibold">
          <Tag tone={outcome === 'same' ? 'accent' : 'neutral'} className="me-2.5 align-[4px]">
            {titles[outcome]}
          </Tag>
          <bdi>{report.source}</bdi>, version {report.number}
        </h2>
        <p>{says}</p>
        <p className="text-sm text-ink-3">
          Frozen <LocalTime instant={report.frozenAt} /> by <bdi>{report.workspace}</bdi>
        </p>
      </div>
      <ul className="grid gap-2">
        {checks.map(({ name, holds, says: words }) => (
          <li key={name} className="[overflow-wrap:anywhere]">
            <Mark same={holds} /> <b className="font-semibold">{name}.</b> {words}
          </li>
        ))}
      </ul>
      <Figures found={found} />
      <Parts found={found} />
    </div>
  )
}

function Mark({ same }: { same: boolean }) {
  return <span className={same ? 'text-ink-3' : 'font-semibold text-danger'}>{same ? '= same' : '≠ different'}</span>
}

function Figures({ found: { figures } }: { found: Read }) {
  // Differences come first, because readers look for them.
  const sorted = [...figures].sort((one, other) => Number(one.same) - Number(other.same))
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Figures of the source">
      <table className="tabular w-full text-sm">
        <caption className="mb-2 text-start font-serif text-lg font-semibold">Figures of the source</caption>
        <thead>
          <tr className="border-b border-line text-start text-ink-3">
            {['Figure', 'The file says', 'The inputs give', 'Comparison'].map((head) => (
              <th key={head} scope="col" className="py-1.5 pe-4 text-start font-normal">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ name, stated, recomputed, same }) => (
            <tr key={name} className="border-b border-line">
              <th scope="row" className="py-1 pe-4 text-start font-normal">
                {name}
              </th>
              <td className="py-1 pe-4">{stated ?? 'nothing'}</td>
              <td className="py-1 pe-4">{recomputed ?? 'nothing'}</td>
              <td className="py-1">
                <Mark same={same} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The most differing values of one part that are listed. */
const mostListed = 50

function Parts({ found: { parts } }: { found: Read }) {
  const sorted = [...parts].sort((one, other) => Math.sign(other.different.length) - Math.sign(one.different.length))
  return (
    <section aria-labelledby="parts">
      <h3 id="parts" className="mb-2 font-serif text-lg font-semibold">
        Every value, by part
      </h3>
      <ul className="grid gap-1.5 text-sm">
        {sorted.map(({ name, compared, different }) => (
          <li key={name} className="[overflow-wrap:anywhere]">
            <Mark same={different.length === 0} /> {name}: {numberInWords(compared - different.length)} of{' '}
            {numberInWords(compared)}
            {different.length > 0 && (
              <ul className="mt-1 ms-5 grid list-disc gap-0.5 text-ink-2">
                {different.slice(0, mostListed).map((value) => (
                  <li key={value.name}>
                    {value.name}: the file says {value.stated ?? 'nothing'}, the inputs give{' '}
                    {value.recomputed ?? 'nothing'}
                  </li>
                ))}
                {different.length > mostListed && <li>and {numberInWords(different.length - mostListed)} more</li>}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
