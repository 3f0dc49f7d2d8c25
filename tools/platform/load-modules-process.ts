// Loads the modules it is given and ends, so that Node.js keeps them compiled (NODE_COMPILE_CACHE). None of them runs.
for (const module of process.argv.slice(2)) await import(module);
process.exit(0);
