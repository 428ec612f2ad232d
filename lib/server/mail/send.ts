import { createTransport, type Transporter } from 'nodemailer'
import { settings } from '../env'
import { logger } from '../log'
import type { Message } from './account-messages'

/** What became of a message: `off` when no mail server is set. */
export type MailOutcome = 'sent' | 'off' | 'failed'

let transport: Transporter | undefined

/** Whether mail can be sent at all: SMTP_URL is set. */
export function mailIsOn(): boolean {
  return settings().SMTP_URL !== undefined
}

function sender(): string {
  const { MAIL_FROM, PUBLIC_URL, HOST } = settings()
  return MAIL_FROM ?? `Sourcemark <sourcemark@${PUBLIC_URL === undefined ? HOST : new URL(PUBLIC_URL).hostname}>`
}

/** The library waits minutes for a server that does not answer, and a person waits for the page. Times in ms, unless the URL names its own. */
function withPatience(smtpUrl: string): string {
  const url = new URL(smtpUrl)
  for (const [name, ms] of [
    ['connectionTimeout', 10_000],
    ['greetingTimeout', 10_000],
    ['socketTimeout', 20_000],
  ] as const) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(ms))
  }
  return url.href
}

/** Sends a message. A failure is an outcome, so that what the message tells of still stands; the log has the reason. */
export async function sendMail(to: string, message: Message): Promise<MailOutcome> {
  const { SMTP_URL } = settings()
  if (SMTP_URL === undefined) return 'off'
  transport ??= createTransport(withPatience(SMTP_URL))
  try {
    // An address object is taken as it is; text would be parsed, and could name several receivers.
    await transport.sendMail({ from: sender(), to: { name: '', address: to }, ...message })
    return 'sent'
  } catch (error) {
    logger().error({ err: error }, 'A message could not be sent')
    return 'failed'
  }
}
