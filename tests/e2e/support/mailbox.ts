import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A received message; `text` is its source with soft line breaks joined. */
export interface Mail {
  to: string[]
  text: string
}

/** A mail server that keeps its messages. */
export interface Mailbox {
  url: string
  /** Waits for a message to the address and returns the newest. @throws when none comes within 10 s. */
  wait: (to: string) => Promise<Mail>
  count: () => number
  /** All messages, the oldest first. */
  mails: () => readonly Mail[]
  /** Refuses messages from now on, for the time being, or accepts them again. */
  refuse: (refuses: boolean) => void
  stop: () => Promise<void>
}

function readable(source: string): string {
  return source
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Starts a mail server on a free port. */
export async function startMailbox(): Promise<Mailbox> {
  const mails: Mail[] = []
  let refuses = false
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onMailFrom(_address, _session, done) {
      done(refuses ? Object.assign(new Error('Try again later'), { responseCode: 451 }) : null)
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: readable(Buffer.concat(chunks).toString('utf8')),
        })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${String(port)}`,
    count: () => mails.length,
    mails: () => mails,
    refuse: (next) => {
      refuses = next
    },
    wait: async (to) => {
      for (let patience = 0; patience < 100; patience += 1) {
        const mail = mails.findLast((candidate) => candidate.to.includes(to))
        if (mail !== undefined) return mail
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      throw new Error(`No message came for ${to}.`)
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve)
      }),
  }
}
