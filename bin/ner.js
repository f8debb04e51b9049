#!/usr/bin/env node
import module from 'node:module';

// the next start has the program compiled already, where this version of Node keeps such things
module.enableCompileCache?.();
const { run } = await import('../dist/cli/main.js');

await run();
