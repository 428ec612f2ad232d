import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

/** The wait before another attempt to load a part, in ms, and the most attempts. */
const pause = 3_000
const mostTries = 100

/**
 * Loads a part of the script, with retries for lost connections. Rejects after five minutes: the part no longer exists, for example after an update
 * of the server.
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
 * A component that loads when it is first shown, like React's `lazy`. Without a connection its fallback stays until the part arrives: a missing part
 * must not remove the page with unsaved text.
 */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await untilLoaded(load) }))
}
