import { type ServiceName, topology, type WorkloadName } from '@urr/contracts/topology.ts';
import { simulatorPort } from '../platform/processes.ts';

/** What an image is made of: each workload, the payment simulator, and the programs an operator runs once. */
export type TargetName = WorkloadName | 'toss-simulator' | 'migrate';

/** One image's content. */
export interface Target {
  /** Source of each program, by its name in the bundle without `.js`; `main` is what the image runs. */
  readonly programs: Readonly<Record<string, string>>;
  /** Where `main` answers `/health`; undefined for a program that ends. */
  readonly port: number | undefined;
  /** Files of the repository that its code reads by their place there, besides SQL and Lua of the packages it is made of. */
  readonly files: readonly string[];
  /** Packages that stay as they are installed. */
  readonly kept: readonly KeptName[];
}

/** Why a package cannot be bundled, and what of it is not needed to run. */
export interface KeptPackage {
  readonly because: string;
  /** Dependencies that only building needs. */
  readonly without?: readonly string[];
  /** Files that only building or developing needs, by their path in the package. */
  readonly skipped?: RegExp;
}

export type KeptName = keyof typeof keptPackages;

export const keptPackages = {
  '@node-rs/crc32': { because: 'machine code' },
  '@platformatic/wasm-utils': { because: 'reads its WebAssembly beside itself' },
  '@fastify/swagger-ui': { because: 'serves pages and scripts beside itself' },
  next: {
    because: 'loads what a page needs by its place',
    without: ['sharp', '@next/swc-*', 'baseline-browser-mapping', 'caniuse-lite', 'postcss'],
    skipped: /^dist\/(docs|esm|next-devtools|bundle-analyzer)\/|\.dev\.js$|experimental\//,
  },
  react: { because: 'one for Next.js and the pages' },
  'react-dom': { because: 'one for Next.js and the pages' },
} as const satisfies Readonly<Record<string, KeptPackage>>;

const kafkaClient = ['@node-rs/crc32', '@platformatic/wasm-utils'] as const;

/** Every image there is. */
export const targets: Readonly<Record<TargetName, Target>> = {
  'gateway-service': service('gateway-service', ['@fastify/swagger-ui', ...kafkaClient]),
  'ticket-service': service('ticket-service', kafkaClient),
  'payment-service': service('payment-service', kafkaClient),
  'auth-service': service('auth-service', kafkaClient),
  'queue-service': service('queue-service', kafkaClient),
  'catalog-service': service('catalog-service', kafkaClient),
  frontend: {
    programs: { main: 'apps/web/server/main.ts' },
    port: topology.frontend.port,
    files: [
      'apps/web/next.config.mjs',
      'apps/web/public/**/*',
      'apps/web/line/{browser,page}/*.ts',
      'apps/web/line/server/*.css',
      'apps/web/src/{design,i18n}/*.{css,ts}',
    ],
    kept: ['next', 'react', 'react-dom'],
  },
  'toss-simulator': {
    programs: { main: 'tools/simulator/main.ts' },
    port: simulatorPort,
    files: [],
    kept: [],
  },
  migrate: {
    programs: {
      main: 'tools/bundle/migrate-process.ts',
      admin: 'tools/admin/main.ts',
      demo: 'tools/start/import-demo-process.ts',
    },
    port: undefined,
    files: ['services/*/migrations/*.sql', 'data/demo/*.json', 'data/halls/*.csv'],
    kept: [],
  },
};

/** True for the name of an image. */
export function isTargetName(name: string | undefined): name is TargetName {
  return name !== undefined && Object.hasOwn(targets, name);
}

function service(name: ServiceName, kept: readonly KeptName[]): Target {
  const folder = name.replace(/-service$/, '');
  return {
    programs: { main: `services/${folder}/src/main.ts` },
    port: topology[name].port,
    files: [],
    kept,
  };
}
