import { spawn, type ChildProcess } from 'node:child_process'
import { Socket } from 'node:net'
import { environmentWithoutSecrets } from '../env'
import { maxReaderHeap } from './limits'
import { readerMessageSchema, type ReaderMessage, type ReaderRequest } from './reader-messages'

/** What a reader process answered, or how it ended before it did. `said` is the end of what it wrote to its error output. */
export type ReaderAnswer =
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
export class ReaderProcess {
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
