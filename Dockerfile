# Tags name exact versions: the same image can be built again.
FROM mwader/static-ffmpeg:7.1.1 AS ffmpeg

FROM node:22.23.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Packages before the code: a change of that alone does not install them anew. The ffmpeg of 2018 from npm is not wanted.
RUN npm ci --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/@ffmpeg-installer
COPY compile.js ./
COPY commands commands
COPY src src
# discord.js and preact are in what is compiled, and nothing is compiled later.
RUN node compile.js
RUN rm -rf node_modules/esbuild node_modules/@esbuild node_modules/preact node_modules/@preact node_modules/discord.js node_modules/@discordjs node_modules/discord-api-types

# Node alone, without npm and headers, and an ffmpeg without libraries: Debian's brings 500 MB of them.
FROM debian:12.12-slim
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=ffmpeg /ffmpeg /usr/local/bin/ffmpeg
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
# The data folder belongs to the user who runs the program; a volume made from it keeps that owner.
RUN useradd --uid 1000 --user-group node && mkdir /data && chown node:node /data
VOLUME /data
USER node
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 PORT=3000
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
