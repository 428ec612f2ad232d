import { Agent, request as httpRequest } from 'node:http'

/** The answer to a save; null when the connection broke before it came. */
export interface SaveAnswer {
  status: number
  body: string
}

/** Saves annotations over HTTP on persistent connections. */
export function makeSaver({ port, token, sockets }: { port: number; token: string; sockets: number }) {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets })
  const save = (revisionId: string, annotation: object): Promise<SaveAnswer | null> => {
    const body = JSON.stringify(annotation)
    return new Promise((resolve) => {
      const request = httpRequest(
        {
          agent,
          port,
          host: '127.0.0.1',
          method: 'POST',
          path: `/api/v1/revisions/${revisionId}/annotations`,
          headers: {
            authorization: `Bearer ${token}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() })
          })
          response.on('error', () => {
            resolve(null)
          })
        },
      )
      request.on('error', () => {
        resolve(null)
      })
      request.end(body)
    })
  }
  return {
    save,
    close: () => {
      agent.destroy()
    },
  }
}
