import { z } from 'zod'

/** An event of Chromium's trace, as far as it is looked at here. */
const traceEventSchema = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  /** How long it took, and how much of that the thread was on the processor, in µs. */
  dur: z.number().default(0),
  tdur: z.number().default(0),
  args: z
    .object({ name: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
})

/**
 * The longest tasks on the main thread of a page: by the clock, and by the processor, which a busy machine does not lengthen; in ms.
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
