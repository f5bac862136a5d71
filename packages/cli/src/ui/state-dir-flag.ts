/** What makes a command that is named find the run again, where another place than the usual one was given. */
export function stateDirFlag(stateDir: string | undefined): string {
  return stateDir === undefined ? '' : ` --state-dir ${stateDir}`;
}
