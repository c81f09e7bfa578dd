/** What tests of the stand-in for Discord send again and again. */

/** One pixel. */
export const SMALL_PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const COMMANDS = [
  {
    name: 'animate',
    description: 'Brings a picture to life',
    options: [
      { type: 11, name: 'picture', description: 'The picture', required: true },
      { type: 3, name: 'scene', description: 'What happens', required: true, max_length: 500 },
    ],
  },
  { type: 3, name: 'Animate' },
];

/** A Components V2 message with one button. */
export const CANCEL_CARD = {
  flags: 1 << 15,
  allowed_mentions: { parse: [] },
  components: [
    {
      type: 17,
      components: [
        { type: 10, content: 'Rendering' },
        { type: 1, components: [{ type: 2, style: 4, label: 'Cancel', custom_id: 'cancel:1' }] },
      ],
    },
  ],
};

export interface Told {
  status: number;
  /** Discord's own code. */
  code?: number;
  id?: string;
  /** The JSON as it came, or the text. */
  body: unknown;
  headers: Headers;
}

type File = { name: string; bytes: Buffer; type?: string };

/** Speaks to the API in plain HTTP: `call('POST', '/channels/1/messages', body, files)`. */
export const caller =
  ({ api, token }: { api: string; token: string }) =>
  async (method: string, path: string, body?: unknown, files: File[] = []): Promise<Told> => {
    const form = new FormData();
    files.forEach(({ name, bytes, type = 'video/mp4' }, n) => {
      form.set(`files[${n}]`, new Blob([new Uint8Array(bytes)], { type }), name);
    });
    form.set('payload_json', JSON.stringify(body ?? {}));
    const json =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const { headers = {}, ...sent } = files.length > 0 ? { body: form } : json;
    const authorization = path.startsWith('/webhooks') || path.startsWith('/interactions') ? {} : auth(token);
    const answer = await fetch(`${api}/v10${path}`, { method, headers: { ...headers, ...authorization }, ...sent });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') && text !== '';
    const read: unknown = isJson ? JSON.parse(text) : text;
    const { code, id } = isObject(read) ? read : {};
    return {
      status: answer.status,
      body: read,
      headers: answer.headers,
      ...(typeof code === 'number' ? { code } : {}),
      ...(typeof id === 'string' ? { id } : {}),
    };
  };

const auth = (token: string) => ({ authorization: `Bot ${token}` });
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
