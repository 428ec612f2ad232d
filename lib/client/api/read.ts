import { fetchTransport } from './transport'

/**
 * Reads something of the API that the page can do without: its body as `T` (what the route's schema says), or null when it could not be had.
 * For the first load of pages; use `callApi` to tell the person why a call failed.
 */
export async function readQuietly<T>(path: string): Promise<T | null> {
  try {
    const { status, body } = await fetchTransport({ method: 'GET', path })
    return status === 200 ? (body as T) : null
  } catch {
    return null
  }
}
