/** Runs once when the server starts. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  const { watchAddresses } = await import('@/lib/server/auth/address')
  watchAddresses()
  const { startMailer } = await import('@/lib/server/notifications/mailer')
  startMailer()
  const { configuredLocation } = await import('@/lib/server/db/client')
  const { keepServerLock } = await import('@/lib/server/db/server-lock')
  keepServerLock(configuredLocation())
  const { foldOldRevisions } = await import('@/lib/server/search/data')
  foldOldRevisions()
  const { countOldSessions } = await import('@/lib/server/closed-sessions/recount')
  countOldSessions()
  const { sketchOldRevisions } = await import('@/lib/server/likeness/sketches')
  sketchOldRevisions()
  const { startJobs, stopJobs } = await import('@/lib/server/jobs/worker')
  const { runners } = await import('@/lib/server/batches/runner')
  startJobs(runners)
  // The server in front of Next (scripts/prepare/server.mjs) passes API requests to this handler directly, and caches the pages of published reports.
  const { serveApi } = await import('@/lib/server/api/node-listener')
  const { servePublished } = await import('@/lib/server/frozen-reports/published-page')
  // Live feeds stay open for hours, so stopping ends them.
  const { endLiveFeeds } = await import('@/lib/server/live/hub')
  Object.assign(globalThis, {
    sourcemarkServeApi: serveApi,
    sourcemarkServePublished: servePublished,
    sourcemarkEndLiveFeeds: endLiveFeeds,
    sourcemarkStopJobs: stopJobs,
  })
}
