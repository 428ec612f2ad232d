import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { createReviewStore, type ReviewStore } from '@/lib/client/outbox/review-store'
import type { ApiRequest, Transport } from '@/lib/client/api/transport'
import type { AnnotationChanges } from '@/lib/client/outbox/change'
import { serveApi } from '@/lib/server/api/node-listener'
import { describeOnBothDatabases } from '../setup/databases'
import { makeDice, type Dice } from '../setup/dice'
import { makeId } from '../setup/factories'
import { tokenOf, type Credentials } from './calls'
import { makeWorld, type World } from './world'

/** How often two editors change the same annotation at the same time; EDITOR_ROUNDS=500 for as many on both databases. */
const asked = process.env.EDITOR_ROUNDS
const roundsOn = { sqlite: Number(asked ?? '150'), postgresql: Number(asked ?? '50') }

const servers = new Set<Server>()
afterEach(() => {
  for (const server of servers) server.close()
  servers.clear()
})

/** The API over HTTP, and the transport of a browser to it. */
async function serve(credentials: Credentials): Promise<Transport> {
  const server = createServer((request, response) => void serveApi(request, response))
  servers.add(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return async ({ method, path, body, ifMatch, asMember }) => {
    const response = await fetch(address + path, {
      method,
      headers: {
        ...credentials,
        'content-type': 'application/json',
        ...(ifMatch === undefined ? {} : { 'if-match': `"${String(ifMatch)}"` }),
        ...(asMember === undefined ? {} : { 'sourcemark-member': asMember }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) }
  }
}

/** The visible value: the note, or the quotes of the references. Every written value is unique. */
const valuesOf = ({ note, citations }: Pick<AnnotationView, 'note' | 'citations'>) => [
  `note ${note}`,
  `quotes ${citations.map(({ quote }) => quote).join(' | ')}`,
]

/** A person at their own device: what they wrote, what they have seen, and what they knowingly gave up. */
class Editor {
  readonly name: string
  readonly store: ReviewStore
  readonly seen = new Set<string>()
  readonly gaveUp = new Set<string>()
  readonly wrote = new Set<string>()
  readonly #id: string
  readonly #world: World
  readonly #dice: Dice
  conflicts = 0
  merges = 0

  constructor(given: { name: string; seed: number; world: World; transport: Transport; stored: AnnotationView }) {
    const { name, seed, world, transport, stored } = given
    this.name = name
    this.#id = stored.id
    this.#world = world
    this.#dice = makeDice(seed)
    this.store = createReviewStore({
      initial: { annotations: new Map([[stored.id, stored]]), decisions: new Map(), scopeChanges: [] },
      transport,
      timers: { set: (run, ms) => Number(setTimeout(run, ms)), clear: clearTimeout },
      onMerged: () => {
        this.merges += 1
      },
    })
    this.store.subscribe(() => {
      this.look()
    })
    this.look()
  }

  look(): void {
    const { data, problems } = this.store.getSnapshot()
    const shown = data.annotations.get(this.#id)
    const problem = problems.get(this.#id)
    if (shown !== undefined) for (const value of valuesOf(shown)) this.seen.add(value)
    if (problem?.kind === 'conflict') for (const value of valuesOf(problem.theirs)) this.seen.add(value)
  }

  change(round: number, onlyNotes: boolean): void {
    const word = `${this.name}${String(round)}`
    const citation = (quote: string) => ({
      id: makeId(),
      referenceId: this.#world.reference.id,
      stance: 'supports' as const,
      quote,
      locator: '',
    })
    const changes: AnnotationChanges[] = [
      { note: `note by ${word}` },
      {
        citations: [
          { ...citation(`quote by ${word}`), quoteStart: null, quoteEnd: null, reference: reference(this.#world) },
        ],
      },
      { rating: this.#dice(2) === 0 ? 'sourced' : 'unsourced' },
      { disputed: this.#dice(2) === 0 },
    ]
    const first = changes[onlyNotes ? 0 : this.#dice(changes.length)] ?? {}
    const second = !onlyNotes && this.#dice(3) === 0 ? (changes[this.#dice(changes.length)] ?? {}) : {}
    for (const made of [first, second]) {
      if (Object.keys(made).length === 0) continue
      this.store.write({ kind: 'update-annotation', id: this.#id, changes: made })
      if (made.note !== undefined) this.wrote.add(`note ${made.note}`)
      if (made.citations !== undefined) this.wrote.add(`quotes quote by ${word}`)
    }
  }

  /** Waits until everything is saved, and resolves conflicts at random. */
  async finish(): Promise<void> {
    for (let tries = 0; this.store.getSnapshot().save.unsaved > 0; tries++) {
      if (tries > 2_000)
        throw new Error(`${this.name} never comes to an end: ${JSON.stringify(this.store.getSnapshot().save)}`)
      const problem = this.store.getSnapshot().problems.get(this.#id)
      if (problem?.kind === 'refused') throw new Error(problem.message)
      if (problem?.kind === 'conflict' && problem.mine !== null) this.#decide(problem.theirs, problem.mine)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }

  #decide(theirs: AnnotationView, mine: AnnotationView): void {
    this.conflicts += 1
    this.look()
    const { store } = this
    const which = this.#dice(3)
    if (which === 0) {
      for (const value of valuesOf(mine)) this.gaveUp.add(value)
      store.discardMine(this.#id)
    } else if (which === 1) store.keepMine(this.#id)
    else {
      const note = `${theirs.note}\n${mine.note}`.slice(-200)
      this.gaveUp.add(`note ${mine.note}`)
      this.wrote.add(`note ${note}`)
      store.choose(this.#id, { note, citations: mine.citations })
    }
  }
}

function reference(world: World): AnnotationView['citations'][number]['reference'] {
  return { id: world.reference.id } as AnnotationView['citations'][number]['reference']
}

/** Plays the rounds, and finds in the history who overwrote a value without having seen it. */
async function play(
  world: World,
  given: { rounds: number; onlyNotes?: boolean; spoil?: (transport: Transport) => Transport },
) {
  const transport = await serve(await tokenOf(world.database, world.members.reviewer, ['read', 'annotate']))
  const path = `/api/v1/annotations/${world.annotation.id}`
  const stored = (await transport({ method: 'GET', path })).body as AnnotationView
  const edit = (name: string, seed: number, through: Transport) =>
    new Editor({ name, seed, world, transport: through, stored })
  const editors = [edit('A', 7, transport), edit('B', 11, given.spoil?.(transport) ?? transport)]
  for (let round = 0; round < given.rounds; round++) {
    for (const editor of editors) editor.change(round, given.onlyNotes ?? false)
    await Promise.all(editors.map((editor) => editor.finish()))
  }
  const events = await world.database.read.event.findMany({
    where: { subjectId: world.annotation.id, type: 'annotation.updated' },
    orderBy: { sequence: 'asc' },
    select: { data: true },
  })
  const history = events.map(({ data }) => data as unknown as { before: AnnotationView; after: AnnotationView })
  const silent: string[] = []
  const stands = new Set<string>()
  for (const { before, after } of history) {
    const [was, is] = [valuesOf(before), valuesOf(after)]
    for (const [part, value] of is.entries()) {
      stands.add(value)
      const covered = was[part] ?? ''
      const writer = editors.find(({ wrote }) => wrote.has(value))
      if (value !== covered && writer?.seen.has(covered) !== true) silent.push(`${value} over ${covered}`)
    }
  }
  const lost = editors.flatMap(({ wrote, gaveUp, seen }) =>
    [...wrote].filter((value) => !stands.has(value) && !gaveUp.has(value) && !seen.has(value)),
  )
  const sum = (pick: (editor: Editor) => number) => editors.reduce((total, editor) => total + pick(editor), 0)
  return {
    silent,
    lost,
    events: history.length,
    conflicts: sum(({ conflicts }) => conflicts),
    merges: sum(({ merges }) => merges),
  }
}

/** A fault for the check to find: the version is read again before each change, so that nothing ever conflicts. */
function withFreshVersion(transport: Transport): Transport {
  return async (request: ApiRequest) => {
    if (request.method !== 'PATCH') return transport(request)
    for (;;) {
      const { body } = await transport({ method: 'GET', path: request.path })
      const answer = await transport({ ...request, ifMatch: (body as AnnotationView).version })
      if (answer.status !== 412) return answer
    }
  }
}

describeOnBothDatabases('two editors of one annotation', (context) => {
  const rounds = roundsOn[context.engine]
  it(
    `never cover each other’s words unseen in ${String(rounds)} rounds`,
    { timeout: 60_000 + rounds * 1_000 },
    async () => {
      const outcome = await play(await makeWorld(context.database), { rounds })
      expect(outcome.silent).toEqual([])
      expect(outcome.lost).toEqual([])
      // The rounds prove something only if the two did conflict.
      expect(outcome.conflicts).toBeGreaterThan(rounds / 10)
      expect(outcome.merges).toBeGreaterThan(rounds / 20)
      expect(outcome.events).toBeGreaterThan(rounds)
    },
  )

  it('are seen covering each other when versions are not heeded', async () => {
    const outcome = await play(await makeWorld(context.database), {
      rounds: 20,
      onlyNotes: true,
      spoil: withFreshVersion,
    })
    expect(outcome.silent.length).toBeGreaterThan(0)
  })
})
