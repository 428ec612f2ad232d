import { spawn } from 'node:child_process'
import { type Sheet, paperData } from '@/lib/domain/report-exports/sheet/sheet'
import { DomainError } from '@/lib/domain/errors'
import { environmentWithoutSecrets } from '../../env'
import { logger } from '../../log'
import { perProcess } from '../../per-process'
import { template } from './template'

/** The program that makes a PDF: its source, in a build too. */
const main = 'lib/server/report-exports/pdf/typst-main.mjs'
/** How long one PDF may take, in ms. */
const time = 60_000
/** How many are made at once, and how many may wait. */
const most = { atOnce: 2, waiting: 20 }

interface Turns {
  busy: number
  waiting: (() => void)[]
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turns = perProcess<Turns>('pdf-turns', () => ({ busy: 0, waiting: [] }))
  if (turns.busy >= most.atOnce) {
    if (turns.waiting.length >= most.waiting)
      throw new DomainError('unavailable', 'Many PDFs are being made at the moment. Try again in a minute.', {
        retryAfter: 60,
      })
    await new Promise<void>((resolve) => turns.waiting.push(resolve))
  } else turns.busy += 1
  try {
    return await work()
  } finally {
    const next = turns.waiting.shift()
    if (next === undefined) turns.busy -= 1
    else next()
  }
}

interface Made {
  bytes: Uint8Array<ArrayBuffer>
  isLate: boolean
  said: string
}

function compile(request: string): Promise<Made> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main], { env: environmentWithoutSecrets(), stdio: ['pipe', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    let said = ''
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, time)
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(0, 1_000)
    })
    // A process that ended before it read everything says so by its end.
    child.stdin.on('error', () => undefined)
    const end = () => {
      clearTimeout(timer)
      resolve({ bytes: new Uint8Array(Buffer.concat(chunks)), isLate, said })
    }
    child.once('error', (error) => {
      said += error.message
      end()
    })
    child.once('close', end)
    child.stdin.end(request)
  })
}

/**
 * A sheet as a tagged PDF (PDF/UA-1), made by Typst in a process apart. Characters that no font of this computer has are printed as their Unicode numbers, and the last sheet
 * says so.
 * @throws DomainError `unavailable` when it takes too long, too many wait, or the compiler fails.
 */
export async function writePdf(sheet: Sheet): Promise<Uint8Array<ArrayBuffer>> {
  const { bytes, isLate, said } = await inTurn(() => compile(JSON.stringify({ template, sheet: paperData(sheet) })))
  if (Buffer.from(bytes.subarray(0, 5)).toString() === '%PDF-') return bytes
  if (!isLate) logger().error({ said }, 'A PDF could not be made.')
  throw new DomainError(
    'unavailable',
    isLate
      ? 'The PDF took longer than a minute and was given up. The HTML file of this report prints the same sheets.'
      : 'The PDF could not be made on this server. The HTML file of this report prints the same sheets.',
  )
}
