import { createHash } from 'node:crypto';
import { readScript, type RedisScript } from '@urr/platform/redis/redis.ts';

const prelude = read('prelude');

/** Scripts of `scripts/`; those that are a step of a line begin with the prelude. */
export const lineScripts = {
  join: step('join'),
  enter: step('enter'),
  leave: step('leave'),
  release: step('release'),
  advance: step('advance'),
  look: step('look'),
  find: step('find'),
  settings: step('settings'),
  holes: step('holes'),
  load: read('load'),
  publish: read('publish'),
  peek: read('peek'),
  forget: read('forget'),
};

function read(name: string): RedisScript {
  return readScript(new URL(`./scripts/${name}.lua`, import.meta.url));
}

function step(name: string): RedisScript {
  const source = `${prelude.source}\n${read(name).source}`;
  return { name: `${name}.lua`, source, sha1: createHash('sha1').update(source).digest('hex') };
}
