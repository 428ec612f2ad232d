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
