import { z } from 'zod';
import { fitSchema } from '../task/picture.ts';
import { atLeast, count, list, origin, people, port, positive, proxy, ranges, word, words } from './fields.ts';
import { objectStorage } from './object-storage.ts';
import { setting, type Values } from './setting.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The providers and platforms that there are, in the words of the program's own settings. */
export interface Known {
  /** Names of the providers. */
  providers: readonly string[];
  /** Jobs at once that each provider takes by itself, in words. */
  concurrency: string;
  /** The values that ALLOW takes: `<platform>:<server or user>`. */
  spenders: readonly string[];
}

/** The program's own settings, in groups. */
export const coreGroups = ({ providers, concurrency, spenders }: Known) => ({
  web: {
    title: 'The web chat, and where the program listens',
    settings: {
      PORT: setting(port().default(3000), {
        says: 'the port to listen at; in Docker the one to reach the container at',
      }),
      HOST: setting(word().default('127.0.0.1'), {
        says: "the address to listen at; another than this machine's own wants a `WEB_PASSWORD`. In Docker it is the container's own",
      }),
      PUBLIC_URL: setting(origin().optional(), {
        says: 'the address people use where it is not the one listened at, for instance behind a proxy: `https://kinora.example.org`; where it is set, clips can be given pages of their own, which whoever has the address sees without a password. The proxy must append whom it asks for to `X-Forwarded-For`, or set it: daily limits hang on its last address',
      }),
      WEB_PASSWORD: setting(z.string().min(8, 'choose at least 8 characters').optional(), {
        says: 'asked for before anybody may use the web chat; at least 8 characters',
        secret: true,
      }),
      ADMIN_PASSWORD: setting(z.string().min(8, 'choose at least 8 characters').optional(), {
        says: 'asked for before anybody may use the page `/admin` of the web chat, which shows how the bot does and steers it; at least 8 characters, and another than `WEB_PASSWORD`',
        unset:
          'that page is there only where nobody else can come: on this machine alone, without `WEB_PASSWORD` and `PUBLIC_URL`. Behind any proxy or tunnel set it, or `PUBLIC_URL`',
        secret: true,
      }),
      WEB_REQUESTS_PER_MINUTE: setting(atLeast(1).default(30), {
        says: 'new clips that may be asked for in a minute in the web chat',
      }),
      OPS_PORT: setting(port().optional(), {
        says: 'a second listener on `127.0.0.1`, for `/healthz`, `/readyz` and `/metrics`',
      }),
    },
  },
  network: {
    title: 'The network it is in',
    settings: {
      HTTPS_PROXY: setting(proxy().optional(), {
        says: "the proxy by which everything at `https://` is reached, Discord's gateway included: `http://proxy.example.org:3128`, with `name:password@` before the host where it asks for them",
        secret: passwordOf,
      }),
      HTTP_PROXY: setting(proxy().optional(), { says: 'the same for what is at `http://`', secret: passwordOf }),
      NO_PROXY: setting(words().optional(), {
        says: 'what is reached directly all the same: names, with all below them, addresses or ranges of them, each perhaps with a port; or `*`',
      }),
      PUBLIC_RANGES: setting(ranges().optional(), {
        says: 'addresses that names of clips and pictures may lead to although they are not public, for instance `198.18.0.0/15` where a VPN or proxy gives every name a made-up one; several with commas',
      }),
    },
  },
  record: {
    title: 'The record, pictures and clips',
    settings: {
      DATA_DIR: setting(z.string().default('./data'), {
        says: "the folder for the database, pictures and clips; in Docker it is the container's own",
      }),
      MONGO_URL: setting(word().optional(), {
        says: '`mongodb://…` or `mongodb+srv://…`: the record, pictures and clips are there instead, and several processes can be one bot',
        unset: 'SQLite in `DATA_DIR`',
        secret: passwordOf,
      }),
      ROLE: setting(z.enum(['all', 'gateway', 'worker']).default('all'), {
        says: '`gateway` listens to people, `worker` fetches, submits, polls and delivers, `all` does both; the first two want a `MONGO_URL`',
      }),
      KEEP_DAYS: setting(positive().default(30), {
        says: 'tasks are forgotten, with picture and clip, so many days after they ended; with several processes the same in all',
      }),
      MIN_FREE_MB: setting(atLeast(0).default(500), {
        says: 'no request is taken while less than so many MB are free on the disk of `DATA_DIR`, or of the MongoDB where that tells; 0 switches it off',
      }),
      DEFAULT_FIT: setting(fitSchema.default('crop'), {
        says: 'how a picture of another shape is made to fit where a request does not say: `crop`, `pad` (blurred edges) or `strict` (refuse it)',
      }),
      FFMPEG_PATH: setting(z.string().optional(), {
        says: 'the ffmpeg that renders previews and makes clips smaller',
        unset: '`ffmpeg` on the PATH, else one from npm',
      }),
      LOG_LEVEL: setting(z.enum(LOG_LEVELS).default('info'), {
        says: `how much is logged: ${oneOf(LOG_LEVELS)}`,
      }),
    },
  },
  objectStorage: { title: 'Pictures and clips in object storage', settings: objectStorage },
  rendering: {
    title: 'What renders',
    settings: {
      GEN4_PROVIDER: setting(z.enum(providers).optional(), {
        says: `${oneOf(providers)}, where several could`,
        unset: 'the first of them that has what it needs',
      }),
      GEN4_CONCURRENCY: setting(count().optional(), { says: 'jobs under way at once', unset: concurrency }),
      GEN4_DEADLINE_MINUTES: setting(atLeast(1).default(120), {
        says: 'a job that is not finished after so many minutes is given up',
      }),
      QUEUE_MAX_HOURS: setting(positive().default(24), {
        says: 'a request that could not be started within so many hours ends in words',
      }),
    },
  },
  galleries: {
    title: 'What many people like',
    settings: {
      STARS_NEEDED: setting(count().default(3), {
        says: 'a clip that so many people starred is shown in the galleries, too, which the platforms have settings for',
      }),
    },
  },
  owner: {
    title: 'Who runs it',
    settings: {
      OWNER: setting(people().optional(), {
        says: `who runs this bot: ${spenders.map((each) => `\`${each.replace(/<.*>/, '<user>')}\``).join(', ')}, several with commas; they have \`/admin\`, and hear in private when something is wrong`,
        unset: 'nobody',
      }),
      WEEKLY_LINE: setting(z.enum(['on', 'off']).default('on'), {
        says: 'whether they hear on Mondays (09:00 UTC), in private, how many clips there were for how many people, what was spent and what failed; `off` where `KEEP_DAYS` is less than 7',
      }),
    },
  },
  spending: {
    title: 'Who may spend, and how much',
    settings: {
      ALLOW: setting(list().optional(), {
        says: `who may ask for clips on public platforms: ${spenders.map((each) => `\`${each}\``).join(', ')}, several with commas, or \`*\` for everybody; the web chat has its password`,
        unset: 'everybody for previews, nobody for clips that cost something',
      }),
      DAILY_BUDGET: setting(atLeast(0).optional(), {
        says: 'credits a day (UTC) for all people together',
        unset: 'no limit',
      }),
      DAILY_PER_PERSON: setting(atLeast(0).int('must be whole').optional(), {
        says: 'clips that cost something, a day (UTC) for each person; where several people share a free key, which has few in all, 1 or 2 leave some for the others',
        unset: 'no limit',
      }),
      DAILY_PER_CHAT: setting(atLeast(0).int('must be whole').optional(), {
        says: 'the same for all people in one chat together (on Discord in one channel, with its threads)',
        unset: 'no limit',
      }),
      MAX_WAITING_PER_PERSON: setting(count().default(5), {
        says: 'clips, previews too, that one person may have waiting or under way at once on public platforms',
      }),
      MAX_WAITING_PER_CHAT: setting(count().default(50), {
        says: 'the same for all people in one chat together, so that no chat holds up the others for long',
      }),
    },
  },
});

/** The program's own settings, by name. */
export function coreSettings(known: Known) {
  const { web, network, record, objectStorage, rendering, galleries, owner, spending } = coreGroups(known);
  return {
    ...web.settings,
    ...network.settings,
    ...record.settings,
    ...objectStorage.settings,
    ...rendering.settings,
    ...galleries.settings,
    ...owner.settings,
    ...spending.settings,
  };
}

export type CoreValues = Values<ReturnType<typeof coreSettings>>;

const oneOf = (names: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(names.map((name) => `\`${name}\``));

/** The password in an address: as it stands there, and as a driver may print it. */
function passwordOf(address: string): string[] {
  const encoded = /:\/\/[^:@/]*:([^@/]*)@/.exec(address)?.[1];
  if (!encoded) return [];
  try {
    return [encoded, decodeURIComponent(encoded)];
  } catch {
    return [encoded];
  }
}
