/** The most files read from dropped folders; further ones are ignored. */
const mostFiles = 2_000

/** A file whose name is its path below the chosen folder. */
function withPath(file: File, path: string): File {
  return new File([file], path, { type: file.type, lastModified: file.lastModified })
}

/** Whether a file is hidden or made by the system, such as .DS_Store. */
function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.')) || /(?:^|\/)(?:Thumbs\.db|desktop\.ini)$/i.test(path)
}

/** The files of a folder input, named and sorted by their paths; hidden ones are left out. */
export function filesOfFolder(files: readonly File[]): File[] {
  return files
    .map((file) => (file.webkitRelativePath === '' ? file : withPath(file, file.webkitRelativePath)))
    .filter(({ name }) => !isHidden(name))
    .sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }))
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

/** All entries of a folder; browsers return them in batches. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const found: FileSystemEntry[] = []
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => {
        resolve([])
      })
    })
    if (portion.length === 0) return found
    found.push(...portion)
  }
}

async function collect(entry: FileSystemEntry, into: File[]): Promise<void> {
  if (into.length >= mostFiles) return
  const path = entry.fullPath.replace(/^\//, '')
  if (isFile(entry)) {
    const file = await new Promise<File | null>((resolve) => {
      entry.file(resolve, () => {
        resolve(null)
      })
    })
    if (file !== null) into.push(path.includes('/') ? withPath(file, path) : file)
  } else if (isFolder(entry)) {
    for (const inner of await entriesOf(entry)) await collect(inner, into)
  }
}

/** The dropped files, and those of dropped folders, which are named by their paths. Must be called during the drop event. */
export async function filesOfDrop(transfer: DataTransfer): Promise<File[]> {
  const files = [...transfer.files]
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (!entries.some(isFolder)) return files
  const found: File[] = []
  for (const entry of entries) await collect(entry, found)
  return filesOfFolder(found)
}
