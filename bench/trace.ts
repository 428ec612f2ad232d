import { z } from 'zod'

/** The parts of a Chromium trace event that are used here. */
const traceEventSchema = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  /** Its duration, and its processor time, in µs. */
  dur: z.number().default(0),
  tdur: z.number().default(0),
  args: z
    .object({ name: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
})

/**
 * The longest main-thread tasks of a page, by wall-clock time and by processor time, which a busy machine does not lengthen; in ms.
 * @param events of a trace, as the browser reports them
 */
export function longestTasks(events: unknown): { longest: number; longestWork: number } {
  const read = z.array(traceEventSchema).parse(events)
  const threadOf = ({ pid, tid }: { pid: number; tid: number }) => `${String(pid)} ${String(tid)}`
  const mains = new Set(
    read.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(threadOf),
  )
  const tasks = read.filter((event) => event.ph === 'X' && event.name.endsWith('RunTask') && mains.has(threadOf(event)))
  if (tasks.length === 0) throw new Error('The browser reported no tasks of the main thread.')
  const most = (times: number[]) => times.reduce((longest, time) => Math.max(longest, time), 0) / 1000
  return { longest: most(tasks.map(({ dur }) => dur)), longestWork: most(tasks.map(({ tdur }) => tdur)) }
}
