import { foldPath, PathEscapeError, type Workspace } from '@jarvis/core';

/**
 * A project folder with the state of JARVIS in it: nobody is shown that part, and no answer is written into it.
 * The path of the state directory is relative to the project folder; one outside of it changes nothing.
 */
export function keepStateApart(workspace: Workspace, statePath: string): Workspace {
  if (statePath === '' || /^\.\.(?:\/|$)/u.test(statePath)) return workspace;
  const state = foldPath(statePath);
  // A file in the place of the folder itself would be in the way, too.
  const isState = (path: string) => `${foldPath(path)}/`.startsWith(`${state}/`);

  return {
    root: workspace.root,
    prove: () => workspace.prove(),
    readFiles: async () => (await workspace.readFiles()).filter(({ path }) => !isState(path)),
    hashFiles: (paths) => workspace.hashFiles(paths.filter((path) => !isState(path))),
    readModes: (paths) => workspace.readModes(paths.filter((path) => !isState(path))),
    apply: async (plan, contentOf) => {
      const refused = plan.writes.find(({ path }) => isState(path));
      if (refused !== undefined) {
        throw new PathEscapeError({ path: refused.path, problem: 'the state of JARVIS is kept there' });
      }
      await workspace.apply(plan, contentOf);
    },
  };
}
