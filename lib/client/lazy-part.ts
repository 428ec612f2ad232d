import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

/** How long until a part is asked for again, in ms, and how often it is. */
const pause = 3_000
const mostTries = 100

/**
 * Loads a part of the script, and asks again where it cannot be had, as without a connection. Rejects after five minutes: then it is gone for good, as
 * after an update of the server.
 */
export async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await load()
    } catch (error) {
      if (tries === mostTries) throw error
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}

/**
 * A component that is loaded when it is first shown, like React's `lazy`. Without a connection its fallback stays until it can be had: a part that is
 * missing must not take the page away, with what is written there.
 */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await untilLoaded(load) }))
}
