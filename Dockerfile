# Packages in a stage of their own: a change of the code alone does not install them anew.
FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Without the ffmpeg of 2018 from npm, in which this image has Debian's instead.
RUN npm ci --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/@ffmpeg-installer

FROM node:22-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends ffmpeg \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json compile.js LICENSE ./
COPY commands commands
COPY src src
RUN node compile.js
# The data folder belongs to the user who runs the program; a volume made from it keeps that owner.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 PORT=3000
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
