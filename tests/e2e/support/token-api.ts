type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** An answer with an unchecked status. */
export interface ApiAnswer<T> {
  status: number
  body: T
}

/** The API as a program with a personal token sees it, over HTTP. */
export class TokenApi {
  readonly #address: string
  readonly #secret: string

  constructor(address: string, secret: string) {
    this.#address = `${address}/api/v1`
    this.#secret = secret
  }

  /** Sends a request and returns the answer; `version` becomes `If-Match`. */
  async ask<T>(
    method: Method,
    path: string,
    { body, version }: { body?: unknown; version?: number } = {},
  ): Promise<ApiAnswer<T>> {
    const response = await fetch(`${this.#address}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#secret}`,
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...(version === undefined ? {} : { 'if-match': `"${String(version)}"` }),
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    return { status: response.status, body: (isJson ? JSON.parse(text) : text) as T }
  }

  /** Sends a request that must succeed. @throws with the answer when it did not. */
  async send<T>(method: Method, path: string, body?: unknown): Promise<T> {
    return succeeded(`${method} ${path}`, await this.ask<T>(method, path, { body }))
  }

  /** Changes or deletes a row as of `version`; must succeed. @throws with the answer when it did not. */
  async change<T>(method: Method, path: string, sent: { body?: unknown; version: number }): Promise<T> {
    return succeeded(`${method} ${path}`, await this.ask<T>(method, path, sent))
  }
}

function succeeded<T>(call: string, { status, body }: ApiAnswer<T>): T {
  if (status >= 300) throw new Error(`${call} answered ${String(status)}: ${JSON.stringify(body)}`)
  return body
}
