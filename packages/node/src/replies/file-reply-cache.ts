import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { llmResponseSchema, type LlmResponse, type ReplyCache, sha256 } from '@jarvis/core';

const OWNERS_ONLY = 0o600;

export interface FileReplyCacheOptions {
  /** Made when the first answer is kept. */
  readonly directory: string;
  /** The address of the model server: another server's answers are not this one's. */
  readonly server: string;
}

/**
 * Keeps answers as files, one each, so that they outlast the process. A file that is damaged counts as no answer.
 * What cannot be written is not kept, and the run goes on: it has its answer.
 */
export function createFileReplyCache({ directory, server }: FileReplyCacheOptions): ReplyCache {
  const folder = join(directory, sha256(server).slice(0, 16));
  let writes = 0;
  return {
    read: (key) => readReply(join(folder, `${key}.json`)),
    async write(key, response) {
      writes += 1;
      const target = join(folder, `${key}.json`);
      const temporary = `${target}.${String(process.pid)}-${String(writes)}.tmp`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeWhole(temporary, JSON.stringify(response));
        await rename(temporary, target);
      } catch {
        // Without the file the question is asked again some day, which costs less than losing the answer at hand.
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}

async function readReply(path: string): Promise<LlmResponse | undefined> {
  try {
    return llmResponseSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // Not there, not readable or not whole: all of them mean that there is no answer to give.
    return undefined;
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', OWNERS_ONLY);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
