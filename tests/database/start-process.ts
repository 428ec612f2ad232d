/** The database part of a starting instance of the application; tells its parent which migrations it applied. */
import type { DatabaseLocation } from '@/lib/server/db/client'
import { migrateDatabase } from '@/lib/server/db/migrate'

const location = JSON.parse(process.argv[2] ?? '') as DatabaseLocation
const { applied } = await migrateDatabase(location, { at: new Date() })
process.send?.(applied)
process.disconnect()
