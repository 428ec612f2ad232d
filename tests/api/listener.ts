import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { LiveMessage, LivePresence } from '@/lib/domain/live/message'
import { apiBase } from '@/lib/server/api/app'
import type { Credentials } from './calls'

/** A message of the feed with its time of arrival, in ms of `performance.now()`. */
export interface Heard {
  message: LiveMessage
  at: number
}

/** A client of the live feed over HTTP, like a browser's EventSource without its own reconnecting. */
export class LiveListener {
  /** In order of arrival. */
  readonly heard: Heard[] = []
  readonly presence: LivePresence[] = []
  resets = 0
  /** The id of the last event. */
  lastEventId = ''
  status = 0
  isOpen = false
  /** Everything received, as text. */
  text = ''
  #close: () => void = () => undefined
  #rest = ''
  #opened: Promise<void> = Promise.resolve()
  #ended: Promise<void> = Promise.resolve()
  readonly #onMessage: ((heard: Heard) => void) | undefined

  constructor(onMessage?: (heard: Heard) => void) {
    this.#onMessage = onMessage
  }

  /** Opens the feed; resolves when the answer has started. */
  async open({ port, as, query = '' }: { port: number; as: Credentials; query?: string }): Promise<this> {
    this.#rest = ''
    const asked = httpRequest({
      host: '127.0.0.1',
      port,
      path: `${apiBase}/live${query === '' ? '' : `?${query}`}`,
      headers: { ...as, ...(this.lastEventId === '' ? {} : { 'last-event-id': this.lastEventId }) },
      agent: false,
    })
    this.#ended = new Promise((resolve) => {
      asked.once('close', () => {
        this.isOpen = false
        resolve()
      })
    })
    this.#close = () => {
      asked.destroy()
    }
    this.#opened = new Promise((resolve, reject) => {
      asked.once('error', reject)
      asked.once('response', (response: IncomingMessage) => {
        this.status = response.statusCode ?? 0
        this.isOpen = true
        response.setEncoding('utf8')
        response.on('error', () => undefined)
        response.on('data', (chunk: string) => {
          this.#read(chunk)
        })
        resolve()
      })
    })
    asked.on('error', () => undefined)
    asked.end()
    await this.#opened
    return this
  }

  /** Cuts the connection, like a lost network. */
  async close(): Promise<void> {
    this.#close()
    await this.#ended
  }

  /** Resolves when the server has ended the feed. */
  ended(): Promise<void> {
    return this.#ended
  }

  /** The kinds of the received messages, with their subjects. */
  subjects(type?: string): (string | null)[] {
    return this.heard
      .filter(({ message }) => type === undefined || message.type === type)
      .map(({ message }) => message.subjectId)
  }

  /** Resolves when the condition holds. @throws Error after `patience` ms. */
  async until(condition: () => boolean, patience = 10_000): Promise<void> {
    const end = performance.now() + patience
    while (!condition()) {
      if (performance.now() > end) throw new Error(`It did not come in time. So far:\n${this.text.slice(-4000)}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  #read(chunk: string): void {
    this.text += chunk
    const blocks = (this.#rest + chunk).split('\n\n')
    this.#rest = blocks.pop() ?? ''
    for (const block of blocks) this.#take(block)
  }

  #take(block: string): void {
    let event = 'message'
    let data: string | null = null
    for (const line of block.split('\n')) {
      if (line.startsWith('id: ')) this.lastEventId = line.slice(4)
      else if (line.startsWith('event: ')) event = line.slice(7)
      else if (line.startsWith('data: ')) data = line.slice(6)
    }
    if (data === null) return
    if (event === 'message') {
      const heard = { message: JSON.parse(data) as LiveMessage, at: performance.now() }
      this.heard.push(heard)
      this.#onMessage?.(heard)
    } else if (event === 'presence') this.presence.push(JSON.parse(data) as LivePresence)
    else if (event === 'reset') this.resets += 1
  }
}
