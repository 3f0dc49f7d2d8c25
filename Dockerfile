# syntax=docker/dockerfile:1
# One image of the platform: docker build --build-arg SERVICE=ticket-service .
# SERVICE is a workload, toss-simulator or migrate, as tools/bundle/targets.ts names them.

# Alpine keeps the order in which DNS lists replicas; glibc sorts it, and each caller would stay with one of them.
FROM node:24.21.0-alpine AS packages
WORKDIR /urr
COPY package.json package-lock.json .npmrc ./
COPY packages/contracts/package.json packages/contracts/
COPY packages/entry-token/package.json packages/entry-token/
COPY packages/platform/package.json packages/platform/
COPY packages/testkit/package.json packages/testkit/
COPY services/auth/package.json services/auth/
COPY services/catalog/package.json services/catalog/
COPY services/gateway/package.json services/gateway/
COPY services/payment/package.json services/payment/
COPY services/queue/package.json services/queue/
COPY services/ticket/package.json services/ticket/
COPY apps/web/package.json apps/web/
COPY tools/package.json tools/
COPY load/package.json load/
COPY e2e/package.json e2e/
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts

FROM packages AS bundle
COPY . .
ARG SERVICE
RUN node tools/bundle/main.ts "$SERVICE" /bundle

FROM node:24.21.0-alpine
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /urr
# What a volume is mounted at belongs to the user who writes there.
RUN mkdir /data && chown node:node /data
COPY --from=bundle /bundle ./
USER node
# A program that ends has no port and is healthy while it runs.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --start-interval=1s --retries=3 \
  CMD test ! -e port || wget -q -O /dev/null "http://127.0.0.1:${PORT:-$(cat port)}/health"
CMD ["node", "main.js"]
