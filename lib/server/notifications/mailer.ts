import type { Role } from '@/lib/domain/access/policy'
import { dueForMail, mailHorizon, retryPause } from '@/lib/domain/notifications/mail-timing'
import {
  notificationDataSchema,
  notificationTypes,
  type MailTiming,
  type NotificationType,
} from '@/lib/domain/notifications/schema'
import { notificationInWords, notificationPath } from '@/lib/domain/notifications/words'
import { database, type Database } from '../db/client'
import { publicUrl, settings } from '../env'
import { logger } from '../log'
import { escapeHtml, mailIsOn, sendMail, type Message } from '../mail'
import { perProcess } from '../per-process'
import { presentNotificationData } from './data'

/** One line of a notification mail: a sentence and its link. */
interface Told {
  words: string
  url: string
}

/** How often the mailer looks for notifications to send, in ms: with the pause for grouping, mail goes out within a minute. */
const roundEvery = 15_000
/** The most notifications handled in one round. */
const maxRound = 5_000
/** After this many failures in a row within one round, the mail server counts as down. */
const maxFailures = 2

/** The result of a round, in messages. */
export interface MailRound {
  sent: number
  failed: number
}

interface Receiver {
  id: string
  role: Role
  mailTiming: MailTiming
  name: string
  email: string
  workspaceName: string
  timeZone: string
  workspaceId: string
}

function typeOf(type: string): NotificationType | null {
  return notificationTypes.find((known) => known === type) ?? null
}

/**
 * Mails unsent notifications by each member's preference. Any number of mailers may share one database: the process that marks a notification as
 * mailed sends it, and removes the mark when sending fails. If the process ends between the two, the message is not sent; its notifications are still
 * in the inbox.
 */
export class Mailer {
  readonly #opened: Database
  readonly #digestHour: number
  /** By member: how many sendings failed in a row, and when the next is tried (ms since 1970). */
  readonly #pauses = new Map<string, { failures: number; until: number }>()
  #server = { failures: 0, until: 0 }

  constructor(opened: Database, digestHour: number) {
    this.#opened = opened
    this.#digestHour = digestHour
  }

  /** Sends what is due at `now`. */
  async round(now: Date): Promise<MailRound> {
    const done: MailRound = { sent: 0, failed: 0 }
    if (now.getTime() < this.#server.until) return done
    let inARow = 0
    for (const [memberId, waiting] of await this.#readWaiting(now)) {
      if (now.getTime() < (this.#pauses.get(memberId)?.until ?? 0)) continue
      const outcome = await this.#mail(memberId, { waiting, now })
      if (outcome === 'nothing') continue
      done[outcome] += 1
      if (outcome === 'sent') {
        inARow = 0
        this.#server = { failures: 0, until: 0 }
        this.#pauses.delete(memberId)
        continue
      }
      inARow += 1
      this.#pauses.set(memberId, this.#pause(this.#pauses.get(memberId)?.failures ?? 0, now))
      if (inARow < maxFailures) continue
      this.#server = this.#pause(this.#server.failures, now)
      break
    }
    return done
  }

  #pause(before: number, now: Date): { failures: number; until: number } {
    const failures = before + 1
    return { failures, until: now.getTime() + retryPause(failures) }
  }

  async #readWaiting(now: Date): Promise<Map<string, { id: string; createdAt: Date }[]>> {
    const rows = await this.#opened.read.notification.findMany({
      where: {
        mailedAt: null,
        readAt: null,
        createdAt: { gte: new Date(now.getTime() - mailHorizon) },
        member: { status: 'active', mailTiming: { not: 'never' } },
      },
      orderBy: { createdAt: 'asc' },
      take: maxRound,
      select: { id: true, memberId: true, createdAt: true },
    })
    const waiting = new Map<string, { id: string; createdAt: Date }[]>()
    for (const { memberId, ...row } of rows) waiting.set(memberId, [...(waiting.get(memberId) ?? []), row])
    return waiting
  }

  async #readReceiver(memberId: string): Promise<Receiver | null> {
    const member = await this.#opened.read.member.findFirst({
      where: { id: memberId, status: 'active' },
      select: {
        id: true,
        role: true,
        workspaceId: true,
        mailTiming: true,
        user: { select: { name: true, email: true } },
        workspace: { select: { name: true, timeZone: true } },
      },
    })
    if (member === null) return null
    const { user, workspace, ...receiver } = member
    return { ...receiver, ...user, workspaceName: workspace.name, timeZone: workspace.timeZone }
  }

  async #mail(
    memberId: string,
    { waiting, now }: { waiting: readonly { id: string; createdAt: Date }[]; now: Date },
  ): Promise<'sent' | 'failed' | 'nothing'> {
    const receiver = await this.#readReceiver(memberId)
    if (receiver === null) return 'nothing'
    const due = dueForMail(waiting, { timing: receiver.mailTiming, now, digestHour: this.#digestHour })
    if (due.length === 0) return 'nothing'
    const { notification } = this.#opened.write
    const claimed = await notification.updateManyAndReturn({
      where: { id: { in: due.map(({ id }) => id) }, mailedAt: null, readAt: null },
      data: { mailedAt: now },
      select: { id: true, type: true, data: true, createdAt: true },
    })
    const ordered = claimed.toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
    const shown = await presentNotificationData(
      this.#opened.read,
      { ...receiver, memberId },
      ordered.map(({ data }) => notificationDataSchema.parse(data)),
    )
    const told = ordered.flatMap(({ type }, index) => {
      const known = typeOf(type)
      if (known === null) return []
      const data = shown[index] ?? {}
      return [
        { words: notificationInWords(known, data, receiver.timeZone), url: publicUrl(notificationPath(known, data)) },
      ]
    })
    if (told.length === 0) return 'nothing'
    const { name, email, workspaceName, mailTiming } = receiver
    const message = notificationMessage({
      name,
      workspaceName,
      told,
      isDigest: mailTiming === 'daily',
      settingsUrl: publicUrl('/settings#notifications'),
    })
    if ((await sendMail(email, message)) === 'sent') return 'sent'
    await notification.updateMany({
      where: { id: { in: claimed.map(({ id }) => id) }, mailedAt: now },
      data: { mailedAt: null },
    })
    return 'failed'
  }
}

const loop = perProcess('mailer', (): { timer: ReturnType<typeof setInterval> | null } => ({ timer: null }))

/** Starts mailing notifications, for as long as the process lives. Does nothing without a mail server. */
export function startMailer(): void {
  if (!mailIsOn() || loop.timer !== null) return
  let mailer: Mailer | null = null
  let isBusy = false
  const run = async () => {
    if (isBusy) return
    isBusy = true
    try {
      mailer ??= new Mailer(await database(), settings().DIGEST_HOUR)
      await mailer.round(new Date())
    } catch (error) {
      logger().error({ err: error }, 'Notifications could not be mailed')
    } finally {
      isBusy = false
    }
  }
  loop.timer = setInterval(() => void run(), roundEvery)
  loop.timer.unref()
}

/**
 * The mail for a member's notifications, one or many: what happened, to what, and the links. Never the words of marks or comments: the page behind a
 * link shows what the member may see when they open it.
 */
function notificationMessage(message: {
  name: string
  workspaceName: string
  told: readonly Told[]
  isDigest: boolean
  settingsUrl: string
}): Message {
  const { name, workspaceName, told, isDigest, settingsUrl } = message
  const [only] = told
  const count = told.length
  const subject =
    count === 1 && only !== undefined && !isDigest
      ? `${only.words} (${workspaceName})`
      : `${workspaceName}: ${count} ${count === 1 ? 'notification' : 'notifications'}`
  const greeting = `Hello ${name},`
  const intro = isDigest
    ? `this is what happened in “${workspaceName}” on Sourcemark:`
    : `in “${workspaceName}” on Sourcemark:`
  const why = 'Choose when you get these messages, or turn them off, under Settings:'
  const line = 'margin:0 0 0.75em'
  return {
    // Titles may contain line breaks; headers must not.
    subject: subject.replaceAll(/\s+/g, ' '),
    text: [greeting, intro, ...told.map(({ words, url }) => `${words}.\n${url}`), why, settingsUrl].join('\n\n') + '\n',
    html: [
      '<!doctype html><html lang="en"><body style="font-family:Georgia,serif;font-size:16px;line-height:1.5;max-width:36em">',
      `<p dir="auto">${escapeHtml(greeting)}</p>`,
      `<p dir="auto">${escapeHtml(intro)}</p>`,
      '<ul>',
      ...told.map(
        ({ words, url }) => `<li dir="auto" style="${line}"><a href="${escapeHtml(url)}">${escapeHtml(words)}</a></li>`,
      ),
      '</ul>',
      `<p><a href="${escapeHtml(settingsUrl)}">${escapeHtml(why.replace(/:$/, ''))}</a></p>`,
      '</body></html>',
    ].join('\n'),
  }
}
