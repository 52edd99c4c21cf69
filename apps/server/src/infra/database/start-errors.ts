/** Another process holds the data folder. The program ends with exit code 2. */
export class DataFolderInUseError extends Error {
  override readonly name = 'DataFolderInUseError'
  readonly exitCode = 2
  readonly folder: string
  /** The holder's process id; null when it could not be read. */
  readonly pid: number | null

  constructor({ folder, pid }: { folder: string; pid: number | null }, options?: ErrorOptions) {
    const holder = pid === null ? 'another process' : `process ${pid}`
    super(`The data folder ${folder} is in use by ${holder}. Stop it, or set BANYAN_HOME to another folder.`, options)
    this.folder = folder
    this.pid = pid
  }
}

/** The stored data cannot be used as it is: newer schema, failed migration, damage, unsupported file system. Exit code 3. */
export class DataFolderUnusableError extends Error {
  override readonly name = 'DataFolderUnusableError'
  readonly exitCode = 3
}

/** A setting makes safe operation impossible. Exit code 78. */
export class ConfigurationRefusedError extends Error {
  override readonly name = 'ConfigurationRefusedError'
  readonly exitCode = 78
}

/** A backup is damaged, incomplete or of a newer schema, or a copy could not be made; nothing was replaced. Exit code 3. */
export class BackupRefusedError extends Error {
  override readonly name = 'BackupRefusedError'
  readonly exitCode = 3
}
