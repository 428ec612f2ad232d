/** The most files that are read out of dropped folders; what is beyond is not looked at. */
const mostFiles = 2_000

/** A file whose name is its path below the folder that was chosen. */
function withPath(file: File, path: string): File {
  return new File([file], path, { type: file.type, lastModified: file.lastModified })
}

/** Whether a file is one that systems hide, such as .DS_Store. */
function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.')) || /(?:^|\/)(?:Thumbs\.db|desktop\.ini)$/i.test(path)
}

/** The files of an input for a folder, named by their paths, in the order of these; hidden ones are left out. */
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

/** All entries of a folder: browsers give them in portions. */
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

/** What was dropped: files as they are, and those of folders with their paths as names. Call it while the drop is being handled. */
export async function filesOfDrop(transfer: DataTransfer): Promise<File[]> {
  const files = [...transfer.files]
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (!entries.some(isFolder)) return files
  const found: File[] = []
  for (const entry of entries) await collect(entry, found)
  return filesOfFolder(found)
}
