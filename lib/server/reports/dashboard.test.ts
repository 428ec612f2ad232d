import { expect, test } from 'vitest'
import { dashboardOrders, dashboardSourceSchema, type DashboardOrder } from '@/lib/domain/reports/dashboard/schema'
import { createCounts } from '@/tests/setup/counts'
import { describeOnBothDatabases } from '@/tests/setup/databases'
import { createDocument, createMember, createSource, createWorkspace } from '@/tests/setup/factories'
import { createFrozenReport } from '@/tests/setup/frozen-report'
import { createSession } from '@/tests/setup/session-factories'
import { permit, type Actor } from '../access/gate'
import type { Database } from '../db/client'
import { readDashboard, type DashboardPage } from './dashboard'

const names = ['Ärzteblatt', 'Beacon', 'aurora', 'Beacon 2', 'Courier', 'Dyke Gazette', 'Echo', 'Ferry Post', 'Herald']

interface Given {
  workspaceId: string
  sessionId: string
  name: string
  /** Claims sourced and contradicted of each document. */
  documents: readonly (readonly [number, number])[]
  closedAt: Date
}

async function createCountedSource(database: Database, given: Given): Promise<string> {
  const { workspaceId, sessionId, name, documents, closedAt } = given
  const { id: sourceId } = await createSource(database, { workspaceId, name })
  for (const [sourced, contradicted] of documents) {
    const { id: documentId } = await createDocument(database, { workspaceId, sourceId, text: 'Tolls ended in 1989.' })
    await createCounts(database, { workspaceId, documentId, sourceId, sessionId, sourced, contradicted, closedAt })
  }
  return sourceId
}

async function readAll(actor: Actor, order: DashboardOrder, limit: number): Promise<DashboardPage> {
  const items: DashboardPage['items'] = []
  let cursor: string | undefined
  for (;;) {
    const page = await readDashboard(permit(actor, 'report.read'), { order, limit, cursor })
    items.push(...page.items)
    if (page.next === null) return { items, next: null, withShares: page.withShares }
    cursor = page.next
  }
}

describeOnBothDatabases('the dashboard of all sources', (context) => {
  async function makeScene() {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const lead = await createMember(database, { workspaceId, role: 'lead' })
    const session = await createSession(database, { workspaceId, state: 'closed' })
    for (const [place, name] of names.entries()) {
      await createCountedSource(database, {
        workspaceId,
        sessionId: session.id,
        name,
        documents: Array.from({ length: 5 }, () => [6 + (place % 4), place % 3] as const),
        closedAt: new Date(Date.UTC(2026, 2, 1 + ((place * 5) % 9))),
      })
    }
    return { database, workspaceId, lead, sessionId: session.id }
  }

  test('has every source once in each order, a page at a time, and draws shares together from ten on', async () => {
    const { lead, workspaceId, database, sessionId } = await makeScene()
    await createSource(database, { workspaceId, name: 'Nobody’s Notes' })
    await createSource(database, { workspaceId: (await createWorkspace(database)).id, name: 'Elsewhere' })
    const orderOf = async (order: DashboardOrder) => (await readAll(lead, order, 3)).items
    for (const order of dashboardOrders) {
      const found = await orderOf(order)
      expect(found.map(({ source }) => source.name).sort(), order).toEqual([...names, 'Nobody’s Notes'].sort())
      for (const line of found) expect(dashboardSourceSchema.parse(line)).toEqual(line)
    }
    const byName = (await orderOf('name')).map(({ source }) => source.name)
    expect(byName.slice(0, 4)).toEqual(['Ärzteblatt', 'aurora', 'Beacon', 'Beacon 2'])
    const byClaims = (await orderOf('claims')).map(({ claims }) => claims.assessed)
    expect(byClaims).toEqual(byClaims.toSorted((one, other) => other - one))
    const byDate = (await orderOf('closed')).map(({ lastClosedAt }) => lastClosedAt ?? '')
    expect(byDate).toEqual(byDate.toSorted().reverse())

    const may = permit(lead, 'report.read')
    const found = await readDashboard(may, { order: 'name', limit: 50, q: 'beacon' })
    expect(found.items.map(({ source }) => source.name)).toEqual(['Beacon', 'Beacon 2'])
    const { next } = await readDashboard(may, { order: 'claims', limit: 2 })
    await expect(readDashboard(may, { order: 'name', limit: 2, cursor: next ?? '' })).rejects.toMatchObject({
      code: 'invalid',
    })

    const few = { workspaceId, sessionId, documents: [[3, 1]] as const, closedAt: new Date('2026-03-01T00:00:00Z') }
    await createCountedSource(database, { ...few, name: 'Small Sheet' })
    const before = await readAll(lead, 'name', 50)
    const small = before.items.find(({ source }) => source.name === 'Small Sheet')
    expect(small).toMatchObject({ shares: null, claims: { assessed: 4, contradicted: 1 } })
    expect(small?.gates.map(({ code }) => code)).toEqual(['too-few-claims', 'too-few-documents'])
    expect(before.withShares).toBe(9)
    expect(before.items.every(({ shrunk }) => shrunk === null)).toBe(true)

    const documents = Array.from({ length: 5 }, () => [6, 1] as const)
    await createCountedSource(database, { ...few, name: 'Tenth', documents })
    const after = await readAll(lead, 'name', 3)
    expect(after.withShares).toBe(10)
    for (const { shares, shrunk } of after.items) {
      expect(shrunk === null).toBe(shares === null)
      // None of all claims is unsourced: there is nothing to draw together.
      expect(shrunk?.unsourced ?? null).toBeNull()
      if (shares === null || shrunk === null) continue
      expect(shrunk.contradicted?.share).toBeGreaterThan(0)
      expect(shrunk.contradicted?.share).not.toBe(shares.contradicted.share)
    }
  })

  test('tells of sessions that the caller may see, and of the newest frozen report', async () => {
    const { database } = context
    const { id: workspaceId } = await createWorkspace(database)
    const lead = await createMember(database, { workspaceId, role: 'lead' })
    const reviewer = await createMember(database, { workspaceId })
    const { id: sourceId } = await createSource(database, { workspaceId, name: 'Lake Radio' })
    const document = await createDocument(database, { workspaceId, sourceId })
    await createSession(database, { workspaceId, state: 'active', documents: [document], reviewers: [lead] })
    const lineFor = async (actor: Actor) =>
      (await readAll(actor, 'name', 50)).items.find(({ source }) => source.id === sourceId)
    expect(await lineFor(lead)).toMatchObject({ documents: { all: 1, inReview: 1, settled: 0 }, report: null })
    expect(await lineFor(reviewer)).toMatchObject({ documents: { all: 1, inReview: 0 } })
    const frozen = await createFrozenReport(database, {
      workspaceId,
      sourceId,
      documentIds: [],
      lead,
      reviewer,
    })
    expect((await lineFor(reviewer))?.report).toMatchObject({ id: frozen.reportId, number: 1 })
  })
})
