import type { Workspace, WritePlan } from '@jarvis/core';

/** The plan with the permissions of the files it changes, so that one that is deleted can be restored as it was. */
export async function keepModes(workspace: Workspace, { writes }: WritePlan): Promise<WritePlan> {
  const modes = await workspace.readModes(writes.map(({ path }) => path));
  return {
    writes: writes.map((write) => {
      const mode = modes.get(write.path);
      return mode === undefined ? write : { ...write, mode };
    }),
  };
}
