import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What Linux shows of itself as files, by the magic number of `statfs`: /usr/include/linux/magic.h. */
const KERNEL_FILE_SYSTEMS: readonly number[] = [
  0x9fa0, // proc
  0x62656572, // sysfs
  0x1cd1, // devpts
  0x27e0eb, // cgroup
  0x63677270, // cgroup2
  0x64626720, // debugfs
  0x74726163, // tracefs
  0x73636673, // securityfs
  0xcafe4a11, // bpf
];

/**
 * Tells whether a folder is, or would be made, where the kernel shows itself as files. Making folders there with
 * all their parents never ends: the kernel says that the parent is missing, however often it is looked for.
 */
export async function isOfKernel(folder: string): Promise<boolean> {
  try {
    const { type } = await statfs(folder);
    return KERNEL_FILE_SYSTEMS.includes(type >>> 0);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const parent = dirname(folder);
    return isMissing && parent !== folder && isOfKernel(parent);
  }
}
