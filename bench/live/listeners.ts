/**
 * Reviewers who only listen, in a process of their own: each holds a live feed open and applies its messages to its state, as the reader does. When
 * told to stop, the process reports when each change had reached the last of them.
 */
import { z } from 'zod'
import type { LiveMessage } from '@/lib/domain/live/message'
import { LiveListener } from '@/tests/api/listener'

/** The address to listen at, and the tokens. */
const listenOrderSchema = z.object({ ports: z.array(z.number()), documentId: z.string(), tokens: z.array(z.string()) })
export type ListenOrder = z.infer<typeof listenOrderSchema>

/**
 * A change, keyed `<annotation> <version>`: how many listeners have it in their state, when the last got it (ms since 1970), and how many of its
 * messages came twice or late.
 */
export type Arrivals = Record<string, { listeners: number; lastAt: number; doubles: number }>

/** A message of the process: all feeds are open, or the arrivals at the end. */
export type ListenReport = { kind: 'ready' } | { kind: 'done'; arrivals: Arrivals }

const order = listenOrderSchema.parse(JSON.parse(process.argv[2] ?? ''))
const arrivals: Arrivals = {}

function arrivalOf(key: string): Arrivals[string] {
  return (arrivals[key] ??= { listeners: 0, lastAt: 0, doubles: 0 })
}

function follow(): LiveListener {
  const shown = new Map<string, number>()
  let last = 0
  const apply = ({ sequence, annotation }: LiveMessage) => {
    if (annotation === undefined || annotation === null) return
    const { id, version } = annotation
    // A message carries the row's present state, which may include later changes than its own.
    for (let reached = (shown.get(id) ?? 0) + 1; reached <= version; reached++) {
      const arrival = arrivalOf(`${id} ${String(reached)}`)
      arrival.listeners += 1
      arrival.lastAt = performance.timeOrigin + performance.now()
    }
    shown.set(id, Math.max(version, shown.get(id) ?? 0))
    if (sequence <= last) arrivalOf(`${id} ${String(version)}`).doubles += 1
    last = sequence
  }
  return new LiveListener(({ message }) => {
    apply(message)
  })
}

const listeners = await Promise.all(
  order.tokens.map(async (token, place) => {
    const listener = await follow().open({
      port: order.ports[place % order.ports.length] ?? 0,
      as: { authorization: `Bearer ${token}` },
      query: `documents=${order.documentId}`,
    })
    if (listener.status !== 200) throw new Error(`A feed was refused: ${String(listener.status)}`)
    return listener
  }),
)
process.send?.({ kind: 'ready' } satisfies ListenReport)
process.once('message', () => {
  process.send?.({ kind: 'done', arrivals } satisfies ListenReport)
  void Promise.all(listeners.map((listener) => listener.close())).then(() => {
    process.disconnect()
  })
})
