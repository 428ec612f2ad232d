import { afterAll, beforeEach, expect, it } from 'vitest'
import { openDatabase, type Database } from '@/lib/server/db/client'
import { settings } from '@/lib/server/env'
import { Mailer } from '@/lib/server/notifications/mailer'
import type { MailTiming } from '@/lib/domain/notifications/schema'
import type { Actor } from '@/lib/server/access/gate'
import { describeOnBothDatabases } from '../setup/databases'
import { createMember, createWorkspace, makeId } from '../setup/factories'
import { startMailbox } from '../e2e/support/mailbox'

const mailbox = await startMailbox()
Object.assign(settings(), { SMTP_URL: mailbox.url, PUBLIC_URL: 'https://facts.example.org' })

const at = (time: string) => new Date(`2026-03-02T${time}Z`)
const digestHour = 6
const documentId = '01932f6a-7c00-7000-8000-000000000001'

interface Reader {
  actor: Actor
  email: string
}

async function makeReader(database: Database, mailTiming: MailTiming): Promise<Reader> {
  const { id: workspaceId } = await createWorkspace(database, { name: 'Harbour desk' })
  const email = `${makeId()}@example.org`
  const actor = await createMember(database, { workspaceId, name: 'Ines', email })
  await database.write.member.update({ where: { id: actor.memberId }, data: { mailTiming }, select: { id: true } })
  return { actor, email }
}

async function tell(database: Database, { actor }: Reader, createdAt: Date): Promise<string> {
  const { workspaceId, memberId } = actor
  const id = makeId()
  const data = { documentId, threadId: id, title: 'The <pier>', actorName: 'Ana', words: 'SECRET' }
  await database.write.notification.create({
    data: { id, workspaceId, memberId, type: 'mention', data, createdAt },
    select: { id: true },
  })
  return id
}

function received({ email }: Reader): string[] {
  return mailbox.mails().flatMap(({ to, text }) => (to.includes(email) ? [text] : []))
}

beforeEach(() => {
  mailbox.refuse(false)
})
afterAll(async () => {
  Object.assign(settings(), { SMTP_URL: undefined, PUBLIC_URL: undefined })
  await mailbox.stop()
})

describeOnBothDatabases('mail of notifications', (context) => {
  it('comes within a minute, several together, without the words that were said', async () => {
    const { database } = context
    const reader = await makeReader(database, 'immediately')
    const mailer = new Mailer(database, digestHour)
    const first = await tell(database, reader, at('12:00:00'))
    expect(await mailer.round(at('12:00:10'))).toEqual({ sent: 0, failed: 0 })
    const second = await tell(database, reader, at('12:00:15'))
    expect(await mailer.round(at('12:00:25'))).toEqual({ sent: 1, failed: 0 })
    expect(await mailer.round(at('12:01:00'))).toEqual({ sent: 0, failed: 0 })
    const [message = '', ...more] = received(reader)
    expect(more).toEqual([])
    expect(message).toContain('Subject: Harbour desk: 2 notifications')
    for (const id of [first, second])
      expect(message).toContain(`https://facts.example.org/documents/${documentId}#thread-${id}`)
    expect(message).toContain('Ana mentioned you in a discussion of')
    expect(message).toContain('The &lt;pier&gt;')
    expect(message).toContain('https://facts.example.org/settings#notifications')
    expect(message).not.toContain('SECRET')
    const read = await tell(database, reader, at('12:02:00'))
    await database.write.notification.update({
      where: { id: read },
      data: { readAt: at('12:02:05') },
      select: { id: true },
    })
    expect(await mailer.round(at('12:03:00'))).toEqual({ sent: 0, failed: 0 })
  })

  it('comes once a day for those who want that, also when the server was off at the hour', async () => {
    const { database } = context
    const reader = await makeReader(database, 'daily')
    const mailer = new Mailer(database, digestHour)
    await tell(database, reader, at('04:00:00'))
    await tell(database, reader, at('05:59:59'))
    expect(await mailer.round(at('05:59:59.5'))).toEqual({ sent: 0, failed: 0 })
    const late = await tell(database, reader, at('06:00:00'))
    expect(await mailer.round(at('06:40:00'))).toEqual({ sent: 1, failed: 0 })
    expect(await mailer.round(at('23:59:00'))).toEqual({ sent: 0, failed: 0 })
    expect(received(reader)).toHaveLength(1)
    expect(received(reader)[0]).toContain('this is what happened')
    expect(received(reader)[0]).not.toContain(late)
    expect(await mailer.round(new Date('2026-03-03T06:00:00Z'))).toEqual({ sent: 1, failed: 0 })
    expect(received(reader)[1]).toContain(late)
  })

  it('never comes to those who want none, or who are suspended', async () => {
    const { database } = context
    const [never, gone] = [await makeReader(database, 'never'), await makeReader(database, 'immediately')]
    await tell(database, never, at('04:00:00'))
    await tell(database, gone, at('04:00:00'))
    await database.write.member.update({
      where: { id: gone.actor.memberId },
      data: { status: 'suspended' },
      select: { id: true },
    })
    expect(await new Mailer(database, digestHour).round(at('12:00:00'))).toEqual({ sent: 0, failed: 0 })
  })

  it('is sent once by two instances that look at the same time', async () => {
    const other = await openDatabase(context.database.location)
    try {
      const readers = await Promise.all(Array.from({ length: 6 }, () => makeReader(context.database, 'immediately')))
      for (const reader of readers)
        for (let count = 0; count < 3; count += 1) await tell(context.database, reader, at('12:00:00'))
      const mailers = [new Mailer(context.database, digestHour), new Mailer(other, digestHour)]
      await Promise.all(mailers.map((mailer) => mailer.round(at('12:01:00'))))
      for (const reader of readers) {
        const threads = received(reader).flatMap(
          (text) => text.match(/\/documents\/\S+#thread-[0-9a-f-]+(?="|\s)/g) ?? [],
        )
        // Each is in both the text and the HTML part of one message.
        expect(threads).toHaveLength(6)
        expect(new Set(threads).size).toBe(3)
      }
    } finally {
      await other.close()
    }
  })

  it('waits for a server that fails, later and later, and is sent when it is back', async () => {
    const { database } = context
    const readers = [await makeReader(database, 'immediately'), await makeReader(database, 'immediately')]
    for (const reader of readers) await tell(database, reader, at('12:00:00'))
    const mailer = new Mailer(database, digestHour)
    mailbox.refuse(true)
    expect(await mailer.round(at('12:01:00'))).toEqual({ sent: 0, failed: 2 })
    mailbox.refuse(false)
    expect(await mailer.round(at('12:01:20'))).toEqual({ sent: 0, failed: 0 })
    expect(await mailer.round(at('12:01:31'))).toEqual({ sent: 2, failed: 0 })
    for (const reader of readers) expect(received(reader)).toHaveLength(1)
  })
})
