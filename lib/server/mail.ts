import { createTransport, type Transporter } from 'nodemailer'
import { settings } from './env'
import { logger } from './log'

/** The outcome of sending a message: `off` when no mail server is configured. */
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

/** By default the library waits minutes for a silent server while a person waits for the page. Times in ms, unless the URL sets its own. */
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

/** Sends a message. A failure is returned instead of thrown, so that the caller's change is kept; the reason is logged. */
export async function sendMail(to: string, message: Message): Promise<MailOutcome> {
  const { SMTP_URL } = settings()
  if (SMTP_URL === undefined) return 'off'
  transport ??= createTransport(withPatience(SMTP_URL))
  try {
    // An address object is used as it is; a string would be parsed and could name several recipients.
    await transport.sendMail({ from: sender(), to: { name: '', address: to }, ...message })
    return 'sent'
  } catch (error) {
    logger().error({ err: error }, 'A message could not be sent')
    return 'failed'
  }
}

/** A message: a subject, and the same words as plain text and as HTML. */
export interface Message {
  subject: string
  text: string
  html: string
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Escapes text for HTML, including quoted attribute values. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}

function compose(message: { subject: string; lines: string[]; action: string; url: string; after: string[] }): Message {
  const { subject, lines, action, url, after } = message
  const paragraph = (line: string) => `<p dir="auto">${escapeHtml(line)}</p>`
  return {
    subject,
    text: [...lines, url, ...after].join('\n\n') + '\n',
    html: [
      '<!doctype html><html lang="en"><body style="font-family:Georgia,serif;font-size:16px;line-height:1.5;max-width:36em">',
      ...lines.map(paragraph),
      `<p><a href="${escapeHtml(url)}">${escapeHtml(action)}</a></p>`,
      ...after.map(paragraph),
      '</body></html>',
    ].join('\n'),
  }
}

/** The message that invites someone. `expiresAt` is shown as a date and time in UTC. */
export function invitationMessage(invitation: {
  workspaceName: string
  inviterName: string
  role: string
  url: string
  expiresAt: Date
}): Message {
  const { workspaceName, inviterName, role, url, expiresAt } = invitation
  return compose({
    subject: `Invitation to ${workspaceName} on Sourcemark`,
    lines: [
      `${inviterName} invites you to check facts in the workspace “${workspaceName}” on Sourcemark, as ${role}.`,
      'Open this link to accept:',
    ],
    action: 'Accept the invitation',
    url,
    after: [
      `The link works once, until ${expiresAt.toISOString().slice(0, 16).replace('T', ', ')} UTC. If you did not expect it, you can ignore this message.`,
    ],
  })
}

/** The message with the link to choose a new password. */
export function passwordResetMessage(reset: { name: string; url: string }): Message {
  return compose({
    subject: 'Choose a new password for Sourcemark',
    lines: [
      `Hello ${reset.name},`,
      'we were asked to let you choose a new password for Sourcemark. Open this link to do so:',
    ],
    action: 'Choose a new password',
    url: reset.url,
    after: [
      'The link works once, for an hour. If you did not ask for it, you can ignore this message: nothing has changed.',
    ],
  })
}
