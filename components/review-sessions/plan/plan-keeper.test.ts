import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CallResult } from '@/lib/client/api/call'
import { defaultProtocol } from '@/lib/domain/review-sessions/protocol'
import type { SessionPatch, SessionView } from '@/lib/domain/review-sessions/schema'
import { PlanKeeper } from './plan-keeper'

const start: SessionView = {
  id: '01932f6a-7c00-7000-8000-000000000001',
  name: 'Harbour claims',
  question: '',
  guidelines: '',
  protocol: defaultProtocol,
  sample: null,
  isTemplate: false,
  state: 'draft',
  dueAt: null,
  progress: {
    documents: 0,
    assignments: 0,
    assigned: 0,
    started: 0,
    submitted: 0,
    returned: 0,
    accepted: 0,
    withdrawn: 0,
    overdue: 0,
    claims: null,
    openClaims: null,
  },
  version: 1,
  createdAt: '2025-03-01T00:00:00.000Z',
  updatedAt: '2025-03-01T00:00:00.000Z',
  activatedAt: null,
  blindEndedAt: null,
  closedAt: null,
  transitions: [],
  may: { update: true, delete: true, adjudicate: false },
}

/** A server that keeps one session and refuses stale versions. */
class Desk {
  session = start
  patches: SessionPatch[] = []
  reachable = true

  /** A change by another lead. */
  change(patch: SessionPatch): void {
    this.session = { ...this.session, ...patch, version: this.session.version + 1 } as SessionView
  }

  readonly send = (seen: { version: number }, patch: SessionPatch): Promise<CallResult<SessionView>> => {
    const refused = { ok: false as const, fields: [], message: 'No.' }
    if (!this.reachable) return Promise.resolve({ ...refused, status: 0, code: 'unreachable', current: null })
    if (seen.version !== this.session.version) {
      return Promise.resolve({ ...refused, status: 412, code: 'version-mismatch', current: this.session })
    }
    this.patches.push(patch)
    this.change({ ...patch, ...(patch.name === undefined ? {} : { name: patch.name.trim() }) })
    return Promise.resolve({ ok: true, value: this.session })
  }
}

let desk: Desk
let keeper: PlanKeeper

beforeEach(() => {
  vi.useFakeTimers()
  desk = new Desk()
  keeper = new PlanKeeper(start, desk.send)
})
afterEach(() => {
  keeper.stop()
  vi.useRealTimers()
})

const settle = () => vi.advanceTimersByTimeAsync(1_000)

describe('PlanKeeper', () => {
  it('sends one request a moment after the last change, with what changed alone', async () => {
    keeper.change({ name: 'Harbour claims, s' })
    keeper.change({ name: 'Harbour claims, spring ' })
    expect(keeper.read().saving).toBe('waiting')
    await settle()
    expect(desk.patches).toEqual([{ name: 'Harbour claims, spring' }])
    expect(keeper.read()).toMatchObject({ saving: 'saved', plan: { name: 'Harbour claims, spring ' } })
  })

  it('sends the protocol whole when one rule of it changed', async () => {
    keeper.change({ reviewersPerDocument: 3 })
    await settle()
    expect(desk.patches).toEqual([{ protocol: { ...defaultProtocol, reviewersPerDocument: 3 } }])
  })

  it('does not send a plan without a name, and says why', async () => {
    keeper.change({ name: ' ' })
    await settle()
    expect(desk.patches).toEqual([])
    expect(keeper.read()).toMatchObject({ saving: 'blocked', message: 'Give the session a name.' })
  })

  it('merges what someone else changed in other fields', async () => {
    desk.change({ guidelines: 'Check every figure.' })
    keeper.change({ question: 'What do they say?' })
    await settle()
    expect(desk.session).toMatchObject({ question: 'What do they say?', guidelines: 'Check every figure.' })
    expect(keeper.read()).toMatchObject({ saving: 'saved', clashes: [], plan: { guidelines: 'Check every figure.' } })
  })

  it.each([
    { choice: 'mine', kept: 'Mine' },
    { choice: 'theirs', kept: 'Theirs' },
  ] as const)('asks when both changed the same field, and keeps $choice', async ({ choice, kept }) => {
    desk.change({ question: 'Theirs' })
    keeper.change({ question: 'Mine' })
    await settle()
    expect(keeper.read().clashes).toEqual([{ key: 'question', mine: 'Mine', theirs: 'Theirs' }])
    keeper.change({ name: 'Renamed' })
    await settle()
    expect(desk.session).toMatchObject({ question: 'Theirs', name: 'Harbour claims' })
    keeper.settle(choice)
    await settle()
    expect(desk.session).toMatchObject({ question: kept, name: 'Renamed' })
    expect(keeper.read()).toMatchObject({ saving: 'saved', plan: { question: kept } })
  })

  it('tries again when the server was out of reach', async () => {
    desk.reachable = false
    keeper.change({ question: 'Still there?' })
    await settle()
    expect(keeper.read().saving).toBe('failed')
    desk.reachable = true
    await vi.advanceTimersByTimeAsync(6_000)
    expect(desk.session.question).toBe('Still there?')
    expect(keeper.read().saving).toBe('saved')
  })

  it('takes a newer page over without losing what is being typed', async () => {
    keeper.change({ question: 'Half a sen' })
    desk.change({ name: 'Renamed elsewhere' })
    keeper.adopt(desk.session)
    expect(keeper.read().plan).toMatchObject({ question: 'Half a sen', name: 'Renamed elsewhere' })
    await settle()
    expect(desk.session).toMatchObject({ question: 'Half a sen', name: 'Renamed elsewhere' })
  })
})
