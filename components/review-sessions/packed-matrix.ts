import { assignmentStates } from '@/lib/domain/assignments/states'
import type { MatrixCell, MatrixDocument, SessionMatrix } from '@/lib/domain/assignments/matrix'

declare const packed: unique symbol

/** A session's matrix as one string. React walks every object that a page passes to the browser, which takes longer than parsing a string. */
export type PackedMatrix = string & { readonly [packed]: true }

/** A cell without the values that its row and the tables of names hold. `dueAt` is 0 when it equals the session's. */
type Cell = [
  assignmentId: string,
  member: number,
  state: number,
  dueAt: string | 0 | null,
  overdue: 0 | 1,
  decided: number | null,
  version: number,
]

type Document = [figures: Omit<MatrixDocument, 'source' | 'cells'>, source: number, cells: Cell[]]

interface Packed {
  matrix: Omit<SessionMatrix, 'documents'>
  members: string[]
  sources: MatrixDocument['source'][]
  documents: Document[]
}

/** Numbers the distinct things by id, so that each is stored once. */
class Numbers<T> {
  readonly all: T[] = []
  readonly #numbers = new Map<string, number>()

  of(id: string, thing: T): number {
    const known = this.#numbers.get(id)
    if (known !== undefined) return known
    this.#numbers.set(id, this.all.length)
    return this.all.push(thing) - 1
  }
}

/** Packs a matrix for sending to the browser. */
export function packMatrix({ documents, ...matrix }: SessionMatrix): PackedMatrix {
  const members = new Numbers<string>()
  const sources = new Numbers<MatrixDocument['source']>()
  const packCell = ({ assignmentId, memberId, state, dueAt, overdue, decided, version }: MatrixCell): Cell => [
    assignmentId,
    members.of(memberId, memberId),
    assignmentStates.indexOf(state),
    dueAt !== null && dueAt === matrix.dueAt ? 0 : dueAt,
    overdue ? 1 : 0,
    decided,
    version,
  ]
  const rows = documents.map(({ source, cells, ...figures }): Document => [
    figures,
    sources.of(source.id, source),
    cells.map(packCell),
  ])
  const all: Packed = { matrix, members: members.all, sources: sources.all, documents: rows }
  return JSON.stringify(all) as PackedMatrix
}

/** Unpacks a matrix. */
export function unpackMatrix(text: PackedMatrix): SessionMatrix {
  const { matrix, members, sources, documents } = JSON.parse(text) as Packed
  const unpackCell = ([assignmentId, member, state, dueAt, overdue, decided, version]: Cell): MatrixCell => ({
    assignmentId,
    memberId: members[member] ?? '',
    state: assignmentStates[state] ?? 'assigned',
    dueAt: dueAt === 0 ? matrix.dueAt : dueAt,
    overdue: overdue === 1,
    decided,
    version,
  })
  return {
    ...matrix,
    documents: documents.map(([figures, source, cells]) => ({
      ...figures,
      source: sources[source] ?? { id: '', name: '' },
      cells: cells.map(unpackCell),
    })),
  }
}
