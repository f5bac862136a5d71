import { hostname } from 'node:os';
import { readFileSync, readlinkSync } from 'node:fs';
import { execFileSync } from 'node:child_process';

import { readStartTime } from './process-life.ts';

/** What tells one process from every other that ever ran, and when two may look at each other's process ids. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, in the machine's own terms; empty when it cannot be found out. */
  readonly processStartedAt: string;
  /** Another value after every start of the machine; empty when it cannot be found out. */
  readonly bootId: string;
  readonly host: string;
  /** Processes of one namespace know one another by pid; empty where there are no namespaces. */
  readonly pidNamespace: string;
}

/** Who this process is. */
export function readProcessIdentity(platform: NodeJS.Platform = process.platform): ProcessIdentity {
  return {
    pid: process.pid,
    processStartedAt: readStartTime(process.pid, platform) ?? '',
    bootId: orEmpty(() => readBootId(platform)),
    host: hostname(),
    pidNamespace: orEmpty(() => readlinkSync('/proc/self/ns/pid')),
  };
}

function readBootId(platform: NodeJS.Platform): string {
  if (platform === 'linux') return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return execFileSync('sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** What a system does not tell stays empty; whoever compares identities treats empty as unknown. */
function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
