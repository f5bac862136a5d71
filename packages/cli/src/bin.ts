#!/usr/bin/env node
import { main } from './main.ts';
import { processIo } from './wiring/process-io.ts';

const exitCode = await main(process.argv.slice(2), processIo());
// A result that could not be written has set it already.
if (exitCode !== 0) process.exitCode = exitCode;
