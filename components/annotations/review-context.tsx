'use client'

import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react'
import type { ReviewController } from '@/lib/client/annotations/controller'
import type { DerivedReview, ReviewState } from '@/lib/client/annotations/review-state'

const ControllerContext = createContext<ReviewController | null>(null)

/** Gives the parts of the review screen their controller. */
export function ReviewProvider({ controller, children }: { controller: ReviewController; children: ReactNode }) {
  return <ControllerContext value={controller}>{children}</ControllerContext>
}

/** Returns the controller of the surrounding review screen. */
export function useController(): ReviewController {
  const controller = useContext(ControllerContext)
  if (controller === null) throw new Error('This component belongs inside a ReviewProvider.')
  return controller
}

/**
 * Returns a part of the state. The component renders again only when that part is another value, so `select` must return the same object while
 * nothing in it has changed.
 */
export function useReview<T>(select: (state: ReviewState, derived: DerivedReview) => T): T {
  const controller = useController()
  const read = () => select(controller.getState(), controller.derived())
  return useSyncExternalStore(controller.subscribe, read, read)
}
