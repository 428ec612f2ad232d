import { spawn, type ChildProcess } from 'node:child_process'
import { Socket } from 'node:net'
import { DomainError } from '@/lib/domain/errors'
import {
  type ReaderRequest,
  readerMessageSchema,
  type ReaderMessage,
  idleTime,
  maxWaiting,
  retireAbove,
  maxReaderHeap,
} from './reader-protocol'
import { environmentWithoutSecrets } from '../env'

/** What a reader process answered, or how it ended before it did. `said` is the end of what it wrote to its error output. */
type ReaderAnswer =
  Exclude<ReaderMessage, { kind: 'ready' }> | { kind: 'ended'; why: 'memory' | 'crash' | 'start'; said: string }

/** How much of its error output is kept, in characters: V8's last words, with the stack that it prints after them. */
const keptOutput = 16_000

/** The program of a reader: its source, in a build too, so that there is one way to start it. */
const main = 'lib/server/reading/reader-main.ts'

function start(): ChildProcess {
  const flags = ['--import', 'tsx', `--max-old-space-size=${String(maxReaderHeap)}`]
  return spawn(process.execPath, [...flags, main], {
    env: environmentWithoutSecrets(),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
}

/** A process that reads one document at a time. While it reads, it keeps this process going; while it waits, it does not. */
class ReaderProcess {
  readonly #child = start()
  #isReady = false
  #hasEnded = false
  #said = ''
  #settle: ((answer: ReaderAnswer) => void) | null = null

  constructor() {
    const child = this.#child
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      this.#said = (this.#said + chunk).slice(-keptOutput)
    })
    child.on('message', (message) => {
      this.#take(readerMessageSchema.parse(message))
    })
    child.once('error', (error) => {
      this.#said += error.message
      this.#end('start')
    })
    // Not at "exit": what it wrote may come after that.
    child.once('close', (_code, signal) => {
      const isMemory = signal === 'SIGKILL' || /heap out of memory|Allocation failed/.test(this.#said)
      this.#end(isMemory ? 'memory' : this.#isReady ? 'crash' : 'start')
    })
    this.#hold(false)
  }

  /** Whether it can read nothing more. */
  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Its process id, for tests. */
  get id(): number | undefined {
    return this.#child.pid
  }

  /** Reads one document. Called again only after it has answered. */
  read(request: ReaderRequest): Promise<ReaderAnswer> {
    return new Promise((resolve) => {
      this.#settle = resolve
      this.#hold(true)
      // A process that ends before it has taken the request says so by its end.
      this.#child.send(request, () => undefined)
    })
  }

  /** Ends it at once, regardless of what it does; a reading under way is answered with its end. */
  stop(): void {
    this.#hasEnded = true
    this.#child.kill('SIGKILL')
  }

  #take(message: ReaderMessage): void {
    if (message.kind === 'ready') this.#isReady = true
    else this.#answer(message)
  }

  #end(why: 'memory' | 'crash' | 'start'): void {
    this.#hasEnded = true
    this.#answer({ kind: 'ended', why, said: this.#said })
  }

  #answer(answer: ReaderAnswer): void {
    this.#hold(false)
    const settle = this.#settle
    this.#settle = null
    settle?.(answer)
  }

  #hold(isHeld: boolean): void {
    const { channel, stderr } = this.#child
    // Each of the three alone would keep a program going that has nothing left to do.
    const held = [this.#child, channel, stderr instanceof Socket ? stderr : null]
    for (const each of held) {
      if (isHeld) each?.ref()
      else each?.unref()
    }
  }
}

/** What came of a reading: an answer, the end of its process, or that it took too long. */
export type Reading = ReaderAnswer | { kind: 'late' }

interface Job {
  request: ReaderRequest
  caller: string
  resolve: (reading: Reading) => void
}

/** For a caller who went away: it is told to nobody, and logged as nothing unexpected. */
function givenUp(): DomainError {
  return new DomainError('unavailable', 'The reading was given up, because its request ended.')
}

/**
 * Reader processes, started when they are needed and ended when they wait for long. One caller never has all of them, so that files that take long
 * hold up only the caller who sent them.
 */
export class ReaderPool {
  readonly #options: { size: number; time: number; isKept: boolean }
  readonly #idle: ReaderProcess[] = []
  readonly #busy = new Map<Job, ReaderProcess>()
  #waiting: Job[] = []
  #resting: NodeJS.Timeout | undefined

  /**
   * @param options.size the most processes, at least 2
   * @param options.time how long one document may take, in ms
   * @param options.isKept whether a process reads several documents, one after the other
   */
  constructor(options: { size: number; time: number; isKept: boolean }) {
    this.#options = options
  }

  /** The ids of the processes there are: for tests. */
  get processIds(): number[] {
    return [...this.#idle, ...this.#busy.values()].flatMap(({ id }) => (id === undefined ? [] : [id]))
  }

  /**
   * Reads a document when it is its turn.
   * @param options.caller who sent it
   * @param options.signal ends the reading at once
   * @throws DomainError `unavailable` when too many documents wait, or the signal came.
   */
  async read(
    request: ReaderRequest,
    { caller, signal }: { caller: string; signal?: AbortSignal | undefined },
  ): Promise<Reading> {
    if (this.#waiting.length >= maxWaiting) {
      throw new DomainError('unavailable', 'Many documents are being read at the moment. Try again in a minute.', {
        retryAfter: 60,
      })
    }
    if (signal?.aborted === true) throw givenUp()
    let abort: (() => void) | undefined
    const reading = await new Promise<Reading | null>((resolve) => {
      const job = { request, caller, resolve }
      abort = () => {
        this.#waiting = this.#waiting.filter((other) => other !== job)
        this.#busy.get(job)?.stop()
        resolve(null)
      }
      signal?.addEventListener('abort', abort)
      this.#waiting.push(job)
      this.#startNext()
    })
    if (abort !== undefined) signal?.removeEventListener('abort', abort)
    if (reading === null) throw givenUp()
    return reading
  }

  /** Ends the processes that wait for work. */
  rest(): void {
    for (const reader of this.#idle.splice(0)) reader.stop()
  }

  #startNext(): void {
    if (this.#busy.size >= this.#options.size) return
    const callers = [...this.#busy.keys()].map(({ caller }) => caller)
    const job = this.#waiting.find(
      ({ caller }) => callers.filter((other) => other === caller).length < this.#options.size - 1,
    )
    if (job === undefined) return
    this.#waiting = this.#waiting.filter((other) => other !== job)
    void this.#run(job)
    this.#startNext()
  }

  async #run(job: Job): Promise<void> {
    const reader = this.#takeReader()
    this.#busy.set(job, reader)
    const state = { isLate: false }
    const timer = setTimeout(() => {
      state.isLate = true
      reader.stop()
    }, this.#options.time)
    const answer = await reader.read(job.request)
    clearTimeout(timer)
    this.#busy.delete(job)
    if (this.#options.isKept && answer.kind !== 'ended' && answer.used.memory <= retireAbove) this.#idle.push(reader)
    else reader.stop()
    clearTimeout(this.#resting)
    this.#resting = setTimeout(() => {
      this.rest()
    }, idleTime).unref()
    job.resolve(state.isLate ? { kind: 'late' } : answer)
    this.#startNext()
  }

  #takeReader(): ReaderProcess {
    for (let reader = this.#idle.pop(); reader !== undefined; reader = this.#idle.pop()) {
      if (!reader.hasEnded) return reader
    }
    return new ReaderProcess()
  }
}
