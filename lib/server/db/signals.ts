import { Client } from 'pg'
import { logger } from '../log'
import { perProcess } from '../per-process'
import type { Database, DatabaseLocation } from './client'

/** PostgreSQL's channel on which an instance announces stored events; the payload is the instance's id. */
export const eventChannel = 'sourcemark_events'
/** PostgreSQL's channel on which instances exchange presence. */
const presenceChannel = 'sourcemark_presence'
/** How often a process checks for events stored by another process in the same SQLite file, in ms. */
const sqliteInterval = 1_000
/** The same for PostgreSQL. Notifications announce events there; this check finds lost ones and dead connections. */
const postgresqlInterval = 15_000
const firstWait = 250
const longestWait = 10_000

/** Callbacks for signals of other processes. */
export interface SignalListener {
  /** Called when events may have been stored. */
  onEvents: () => void
  /** Called with another instance's message on presence. */
  onPresence: (payload: string) => void
  /** Called when the connection is established or restored: send the others what they need. */
  onConnected: () => void
}

/** The connection to the other processes that use the database. */
export interface Signals {
  /** Sends a message to the other instances; lost while there is no connection. */
  sendPresence: (payload: string) => void
  stop: () => void
}

/** Starts listening to the other processes. */
export function listenToOthers(location: DatabaseLocation, listener: SignalListener): Signals {
  return location.engine === 'postgresql' ? listenOnPostgresql(location.url, listener) : watchSqlite(listener)
}

function watchSqlite({ onEvents }: SignalListener): Signals {
  const timer = setInterval(onEvents, sqliteInterval)
  timer.unref()
  return {
    sendPresence: () => undefined,
    stop: () => {
      clearInterval(timer)
    },
  }
}

function listenOnPostgresql(url: string, { onEvents, onPresence, onConnected }: SignalListener): Signals {
  let client: Client | null = null
  let isStopped = false
  let wait = firstWait
  let again: ReturnType<typeof setTimeout> | undefined
  let asking = Promise.resolve()

  const lost = (failed: Client, error: unknown) => {
    if (client !== failed || isStopped) return
    client = null
    logger().warn({ err: error }, 'The connection to the other instances broke and will be reopened')
    failed.end().catch(() => undefined)
    again = setTimeout(() => void connect(), wait)
    wait = Math.min(wait * 2, longestWait)
  }

  /** Queues a statement behind earlier ones: a connection takes one at a time. */
  const ask = (statement: string, values: string[] = []) => {
    const asked = client
    if (asked === null) return
    asking = asking.then(async () => {
      try {
        if (asked === client) await asked.query(statement, values)
      } catch (error) {
        lost(asked, error)
      }
    })
  }

  const connect = async () => {
    const opened = new Client({ connectionString: url, keepAlive: true, application_name: 'sourcemark-live' })
    client = opened
    opened.on('error', (error) => {
      lost(opened, error)
    })
    opened.on('end', () => {
      lost(opened, new Error('The connection ended.'))
    })
    opened.on('notification', ({ channel, payload = '' }) => {
      if (channel === presenceChannel) onPresence(payload)
      else if (payload !== instanceId()) onEvents()
    })
    try {
      await opened.connect()
      await opened.query(`LISTEN ${eventChannel}`)
      await opened.query(`LISTEN ${presenceChannel}`)
      wait = firstWait
      // Events may have been stored while nobody listened.
      onEvents()
      onConnected()
    } catch (error) {
      lost(opened, error)
    }
  }

  void connect()
  const timer = setInterval(() => {
    onEvents()
    ask('SELECT 1')
  }, postgresqlInterval)
  timer.unref()
  return {
    sendPresence: (payload) => {
      ask('SELECT pg_notify($1, $2)', [presenceChannel, payload])
    },
    stop: () => {
      isStopped = true
      clearInterval(timer)
      clearTimeout(again)
      // The last message is still sent.
      void asking.then(() => {
        const ended = client
        client = null
        ended?.end().catch(() => undefined)
      })
    },
  }
}

const listeners = perProcess('commit listeners', () => new WeakMap<Database, Set<() => void>>())

/** Calls `listener` after each commit of this process that stored events. Returns a function that removes it. */
export function onEventsCommitted(opened: Database, listener: () => void): () => void {
  const known = listeners.get(opened) ?? new Set()
  listeners.set(opened, known)
  known.add(listener)
  return () => {
    known.delete(listener)
  }
}

/** Notifies the listeners that events were stored. */
export function eventsCommitted(opened: Database): void {
  for (const listener of listeners.get(opened) ?? []) listener()
}

const instance = perProcess('instance', () => ({ id: crypto.randomUUID() }))

/** The id of this process among those that share a database. */
export function instanceId(): string {
  return instance.id
}
