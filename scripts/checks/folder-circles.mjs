import { pathToFileURL } from 'node:url'
import { root } from '../prepare/run.mjs'
import { importsOf, sourceFiles } from './source-files.mjs'

/** The areas whose folders (one per noun) must not import each other in a circle. */
const areas = ['components', 'lib/client', 'lib/domain', 'lib/server']

const advice = `These folders need each other, so none of them can be read, moved or tested alone. Look for the import that goes against the grain, then
- move what both need into a third folder that knows neither: who sees what into lib/server/visibility, what every mark needs into lib/server/marking;
- or let the caller pass it in, as the sign-in route passes \`admitOidc\` to \`authOptions\`, and the review hands a card its discussion;
- or move the file to the folder it works for.`

/** The folder of the area that contains a path, or the file itself when it is in none: "lib/server/auth". */
function partOf(area, path) {
  if (!path.startsWith(`${area}/`)) return null
  return `${area}/${path.slice(area.length + 1).split('/')[0]}`
}

/** For each folder of an area, the folders it imports from (type imports included), each with one import as an example. */
function readGraph(folder, area) {
  const graph = new Map()
  for (const file of sourceFiles(folder, area)) {
    const from = partOf(area, file)
    for (const target of importsOf(folder, file)) {
      const to = partOf(area, target)
      if (to === null || to === from) continue
      if (!graph.has(from)) graph.set(from, new Map())
      if (!graph.get(from).has(to)) graph.get(from).set(to, `${file} imports ${target}`)
    }
  }
  return graph
}

/** The shortest way from a folder back to itself, as the folders on it; null when there is none. */
function shortestCircle(graph, start) {
  const cameFrom = new Map()
  const queue = [start]
  for (const at of queue) {
    for (const next of graph.get(at)?.keys() ?? []) {
      if (next === start) {
        const circle = [at]
        while (circle[0] !== start) circle.unshift(cameFrom.get(circle[0]))
        return circle
      }
      if (cameFrom.has(next)) continue
      cameFrom.set(next, at)
      queue.push(next)
    }
  }
  return null
}

/**
 * The circles of a project, each once, and the shortest through its folders.
 * @returns for each circle one import per step: "lib/server/a/x.ts imports lib/server/b/y"
 */
export function findFolderCircles(folder) {
  const circles = []
  for (const area of areas) {
    const graph = readGraph(folder, area)
    const seen = new Set()
    for (const start of graph.keys()) {
      const circle = seen.has(start) ? null : shortestCircle(graph, start)
      if (circle === null) continue
      for (const part of circle) seen.add(part)
      circles.push(circle.map((from, index) => graph.get(from).get(circle[(index + 1) % circle.length])))
    }
  }
  return circles
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const circles = findFolderCircles(root)
  for (const imports of circles) console.error(`A circle of folders:\n  ${imports.join('\n  ')}\n`)
  if (circles.length > 0) console.error(advice)
  process.exitCode = circles.length > 0 ? 1 : 0
}
