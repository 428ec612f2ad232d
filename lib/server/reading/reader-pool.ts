import { DomainError } from '@/lib/domain/errors'
import { idleTime, maxWaiting, retireAbove } from './limits'
import type { ReaderRequest } from './reader-messages'
import { ReaderProcess, type ReaderAnswer } from './reader-process'

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
