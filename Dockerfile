# syntax=docker/dockerfile:1

# The bot without what only its development needs. It runs on the Node whose checksum is in package-lock.json, not on that of the
# image. The image is named by its digest, which has no default here: docs/running.md says how to look it up.
ARG NODE_DIGEST
FROM node:26-slim@${NODE_DIGEST} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# The headers of Node are for building native modules.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/node-*/include

ARG NODE_DIGEST
FROM node:26-slim@${NODE_DIGEST}
ENV NODE_ENV=production \
    # A file of its own in a volume; compose.yaml puts PostgreSQL in its place.
    DATABASE_URL=sqlite:/data/concierge.sqlite \
    # Inside a container only what listens on all its addresses can be reached, and only where a port is published.
    HTTP_HOST=0.0.0.0 \
    OPS_HOST=0.0.0.0 \
    OPS_PORT=9090
WORKDIR /app
# A volume that is new takes its owner from here.
RUN mkdir /data && chown node:node /data
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY data ./data
COPY scripts/copy-data.ts scripts/move.ts ./scripts/
COPY commands ./commands
COPY src ./src
USER node
EXPOSE 8080 9090
# Alive, not ready: a restart does not bring back a database or Discord.
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s --start-interval=2s \
  CMD ["node_modules/.bin/node", "--eval", "fetch(`http://127.0.0.1:${process.env.OPS_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Not by npm, so that the signal to stop reaches the bot.
CMD ["node_modules/.bin/node", "--max-semi-space-size=4", "src/main.ts"]
