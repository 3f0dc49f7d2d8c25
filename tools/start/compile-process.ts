import { compilePrograms } from '../platform/program-plans.ts';

// Run by tools/bootstrap.mjs with the options of main.ts: what each of the platform's processes loads is compiled.
await Promise.all([import('./main.ts'), compilePrograms()]);
process.exit(0);
