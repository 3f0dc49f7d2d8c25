// Stands in for typebox in browsers: contracts build their schemas with it, and nothing in a page reads them.
const nothing = (): object => ({});

export const Type = new Proxy({}, { get: () => nothing });
