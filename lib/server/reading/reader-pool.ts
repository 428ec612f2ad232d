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

/** The answer of a reader process, or how it exited before answering. `said` is the end of its error output. */
type ReaderAnswer =
  Exclude<ReaderMessage, { kind: 'ready' }> | { kind: 'ended'; why: 'memory' | 'crash' | 'start'; said: string }

/** How much of its error output is kept, in characters: enough for V8's last message and the stack printed after it. */
const keptOutput = 16_000

/** The program of a reader: its source file, in a build too, so that there is a single way to start it. */
const main = 'lib/server/reading/reader-main.ts'

function start(): ChildProcess {
  const flags = ['--import', 'tsx', `--max-old-space-size=${String(maxReaderHeap)}`]
  return spawn(process.execPath, [...flags, main], {
    env: environmentWithoutSecrets(),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
}

/** A process that reads one document at a time. It keeps this process alive while it reads, but not while it waits. */
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
    // Not at "exit": output may still arrive after that event.
    child.once('close', (_code, signal) => {
      const isMemory = signal === 'SIGKILL' || /heap out of memory|Allocation failed/.test(this.#said)
      this.#end(isMemory ? 'memory' : this.#isReady ? 'crash' : 'start')
    })
    this.#hold(false)
  }

  /** Whether it can read no more documents. */
  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Its process id, for tests. */
  get id(): number | undefined {
    return this.#child.pid
  }

  /** Reads one document. Must not be called again before it has answered. */
  read(request: ReaderRequest): Promise<ReaderAnswer> {
    return new Promise((resolve) => {
      this.#settle = resolve
      this.#hold(true)
      // A process that dies before it has received the request is reported by its exit.
      this.#child.send(request, () => undefined)
    })
  }

  /** Kills the process at once; a reading in progress is answered with its exit. */
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
    // Each of these three handles alone would keep an idle program alive.
    const held = [this.#child, channel, stderr instanceof Socket ? stderr : null]
    for (const each of held) {
      if (isHeld) each?.ref()
      else each?.unref()
    }
  }
}

/** The outcome of a reading: an answer, the exit of its process, or a timeout. */
export type Reading = ReaderAnswer | { kind: 'late' }

interface Job {
  request: ReaderRequest
  caller: string
  resolve: (reading: Reading) => void
}

/** For a caller who disconnected: nobody receives it, and it is not logged as unexpected. */
function givenUp(): DomainError {
  return new DomainError('unavailable', 'The reading was given up, because its request ended.')
}

/**
 * Reader processes, started on demand and ended when idle for long. One caller never occupies all of them, so that slow files delay only the member
 * who sent them.
 */
export class ReaderPool {
  readonly #options: { size: number; time: number; isKept: boolean }
  readonly #idle: ReaderProcess[] = []
  readonly #busy = new Map<Job, ReaderProcess>()
  #waiting: Job[] = []
  #resting: NodeJS.Timeout | undefined

  /**
   * @param options.size the most processes, at least 2
   * @param options.time the time limit for one document, in ms
   * @param options.isKept whether a process is reused for further documents
   */
  constructor(options: { size: number; time: number; isKept: boolean }) {
    this.#options = options
  }

  /** The ids of the running processes: for tests. */
  get processIds(): number[] {
    return [...this.#idle, ...this.#busy.values()].flatMap(({ id }) => (id === undefined ? [] : [id]))
  }

  /**
   * Reads a document when its turn comes.
   * @param options.caller the member who sent it
   * @param options.signal aborts the reading at once
   * @throws DomainError `unavailable` when too many documents wait, or the signal aborts.
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

  /** Ends the idle processes. */
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
