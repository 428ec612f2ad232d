import { readHealth } from '@/lib/server/http/health'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  const health = await readHealth()
  return Response.json(health, {
    // A degraded server still serves reads, so it answers 200 and is not taken out of service.
    status: health.status === 'failing' ? 503 : 200,
    headers: { 'cache-control': 'no-store' },
  })
}
