import type { CliCommand } from './cli-command.ts';

/** What is known of a command without loading what it works with. */
export interface ListedCommand {
  readonly name: string;
  readonly summary: string;
  /** What its arguments are called; the last one may be many: `more...`. */
  readonly args: readonly string[];
  readonly load: () => Promise<CliCommand>;
}

/** All commands, in the order of the help. A command line loads the one it names. */
export const commandTable: readonly ListedCommand[] = [
  {
    name: 'init',
    summary: 'write a small configuration file for the project folder, with comments',
    args: [],
    load: async () => (await import('./init.ts')).initCommand,
  },
  {
    name: 'run',
    summary: 'work on a task in the project folder',
    args: ['task'],
    load: async () => (await import('./run.ts')).runCommand,
  },
  {
    name: 'resume',
    summary: 'go on with a run that stands still or whose process died',
    args: ['run'],
    load: async () => (await import('./resume.ts')).resumeCommand,
  },
  {
    name: 'amend',
    summary: 'change a run while another process works on it',
    args: ['run'],
    load: async () => (await import('./amend.ts')).amendCommand,
  },
  {
    name: 'approve',
    summary: 'say yes to a gate a run waits at',
    args: ['run'],
    load: async () => (await import('./decide.ts')).approveCommand,
  },
  {
    name: 'reject',
    summary: 'say no to a gate a run waits at',
    args: ['run'],
    load: async () => (await import('./decide.ts')).rejectCommand,
  },
  {
    name: 'cancel',
    summary: 'end a run where it stands, whichever process works on it',
    args: ['run'],
    load: async () => (await import('./cancel.ts')).cancelCommand,
  },
  {
    name: 'fork',
    summary: 'do the task of a run once more in another mode, as a new run; the old one stays as it is',
    args: ['run'],
    load: async () => (await import('./fork.ts')).forkCommand,
  },
  {
    name: 'list',
    summary: 'list the runs of the project folder, newest first',
    args: [],
    load: async () => (await import('./list.ts')).listCommand,
  },
  {
    name: 'show',
    summary: 'tell what happened in a run, what it cost and what comes next',
    args: ['run'],
    load: async () => (await import('./show.ts')).showCommand,
  },
  {
    name: 'roadmap',
    summary: 'show the stages of a run, how they came about, and change them while it runs',
    args: ['what', 'run', 'more...'],
    load: async () => (await import('./roadmap.ts')).roadmapCommand,
  },
  {
    name: 'logs',
    summary: 'tell line by line what happened in a run',
    args: ['run'],
    load: async () => (await import('./logs.ts')).logsCommand,
  },
  {
    name: 'costs',
    summary: 'tell what one run cost, or all runs of the project folder',
    args: ['run'],
    load: async () => (await import('./costs.ts')).costsCommand,
  },
  {
    name: 'restore',
    summary: 'bring the files a run has changed back to what they were',
    args: ['run'],
    load: async () => (await import('./restore.ts')).restoreCommand,
  },
  {
    name: 'prune',
    summary: 'remove runs of the project folder that are over, for ever',
    args: [],
    load: async () => (await import('./prune.ts')).pruneCommand,
  },
  {
    name: 'config',
    summary: 'show the configuration as it applies here, and where each value comes from',
    args: [],
    load: async () => (await import('./config.ts')).configCommand,
  },
  {
    name: 'doctor',
    summary:
      'find out whether runs work here, and which ones wait for you; exit code 2 when something is in the way',
    args: [],
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  {
    name: 'prompts',
    summary: 'list the prompts agents are asked with, show one, or check files with prompts of your own',
    args: ['what', 'name'],
    load: async () => (await import('./prompts.ts')).promptsCommand,
  },
  {
    name: 'trust',
    summary:
      "let the project's configuration file say what otherwise only your own may say, until it changes",
    args: [],
    load: async () => (await import('./trust.ts')).trustCommand,
  },
  {
    name: 'migrate',
    summary: 'move a project of the Python JARVIS over; what it writes over is kept, and it goes back',
    args: ['what', 'target'],
    load: async () => (await import('./migrate.ts')).migrateCommand,
  },
];

/** The command a command line is about, or asks help about. */
export function findListed(name: string | undefined): ListedCommand | undefined {
  return commandTable.find((listed) => listed.name === name);
}
