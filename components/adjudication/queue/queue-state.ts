import type { ClaimCounts, ClaimView } from '@/lib/domain/claims/schema'

/** The loaded claims of the screen in their order. */
export interface Queue {
  /** The filters of the queue. Another key is another list. */
  key: string
  order: readonly string[]
  claims: ReadonlyMap<string, ClaimView>
  /** Claims that no longer exist, such as one that was merged into another. Pages read earlier still contain them. */
  gone: ReadonlySet<string>
  /** The cursor of the next page; null when all claims are loaded. */
  next: string | null
  counts: ClaimCounts
}

/** A page of claims from the server. */
export interface ClaimPage {
  items: readonly ClaimView[]
  next: string | null
  counts: ClaimCounts
}

/** Removes claims that no longer exist from a page. */
function withoutGone({ gone }: Queue, { items, counts, next }: ClaimPage): ClaimPage {
  const left = items.filter(({ id }) => !gone.has(id))
  return { items: left, next, counts: { ...counts, claims: counts.claims - (items.length - left.length) } }
}

function withNewer(claims: ReadonlyMap<string, ClaimView>, items: readonly ClaimView[]): Map<string, ClaimView> {
  const merged = new Map(claims)
  for (const claim of items) {
    const known = merged.get(claim.id)
    if (known === undefined || claim.version >= known.version) merged.set(claim.id, claim)
  }
  return merged
}

/** Makes the queue from its first page. */
export function startQueue(key: string, { items, next, counts }: ClaimPage): Queue {
  return { key, order: items.map(({ id }) => id), claims: withNewer(new Map(), items), gone: new Set(), next, counts }
}

/**
 * Merges a new answer for the queue's first page into the queue. Newer claims replace the loaded ones, and new claims take the page's order. Nothing
 * is removed while someone reads: a claim that has left the list stays until the list is loaded anew.
 */
export function refreshQueue(queue: Queue, key: string, asked: ClaimPage): Queue {
  const page = withoutGone(queue, asked)
  if (queue.key !== key) return { ...startQueue(key, page), gone: queue.gone }
  const order = [...queue.order]
  let after = -1
  for (const { id } of page.items) {
    const at = order.indexOf(id)
    if (at === -1) order.splice(after + 1, 0, id)
    after = at === -1 ? after + 1 : at
  }
  // When further pages are loaded, the queue continues from the last of them, not from the end of the first.
  const next = queue.order.length > page.items.length ? queue.next : page.next
  return { ...queue, order, next, claims: withNewer(queue.claims, page.items), counts: page.counts }
}

/** Appends the next page to the queue. */
export function extendQueue(queue: Queue, page: ClaimPage): Queue {
  const { items, next, counts } = withoutGone(queue, page)
  const known = new Set(queue.order)
  const order = [...queue.order, ...items.map(({ id }) => id).filter((id) => !known.has(id))]
  return { ...queue, order, next, claims: withNewer(queue.claims, items), counts }
}

/** The counts after a claim was decided, changed or reopened here. */
export function countsAfter(counts: ClaimCounts, before: ClaimView | undefined, after: ClaimView): ClaimCounts {
  const step = Number(after.verdict !== null) - Number((before?.verdict ?? null) !== null)
  if (before === undefined || step === 0) return counts
  const { agreement } = after
  const next = { ...counts, decided: counts.decided + step }
  return agreement === 'no-votes' ? next : { ...next, [agreement]: next[agreement] - step }
}

/** Puts a claim's present state into the queue; a new claim comes after `after`, or at the end. */
export function putClaim(queue: Queue, claim: ClaimView, after?: string): Queue {
  const before = queue.claims.get(claim.id)
  const order = [...queue.order]
  if (before === undefined) order.splice(after === undefined ? order.length : order.indexOf(after) + 1, 0, claim.id)
  return {
    ...queue,
    order,
    claims: withNewer(queue.claims, [claim]),
    counts:
      before === undefined
        ? { ...queue.counts, claims: queue.counts.claims + 1 }
        : countsAfter(queue.counts, before, claim),
  }
}

/** Removes a claim that no longer exists from the queue. */
export function dropClaim(queue: Queue, id: string): Queue {
  const claims = new Map(queue.claims)
  if (!claims.delete(id)) return queue
  return {
    ...queue,
    claims,
    gone: new Set([...queue.gone, id]),
    order: queue.order.filter((each) => each !== id),
    counts: { ...queue.counts, claims: queue.counts.claims - 1 },
  }
}

/** The claim `step` places further, clamped to the ends. Null for an empty queue. */
export function neighbourOf(queue: Queue, id: string | null, step: 1 | -1): string | null {
  const at = id === null ? -1 : queue.order.indexOf(id)
  const place = Math.min(Math.max(at + step, 0), queue.order.length - 1)
  return queue.order[place] ?? null
}

/** The next claim that the person can decide, searching from the one after `id` and around to the beginning; null when no loaded claim is one. */
export function nextOpen(queue: Queue, id: string | null): string | null {
  const at = id === null ? -1 : queue.order.indexOf(id)
  for (let step = 1; step <= queue.order.length; step += 1) {
    const candidate = queue.order[(at + step + queue.order.length) % queue.order.length]
    const claim = candidate === undefined ? undefined : queue.claims.get(candidate)
    if (claim !== undefined && claim.id !== id && claim.verdict === null && claim.may.decide) return claim.id
  }
  return null
}
