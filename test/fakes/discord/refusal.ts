import type { z } from 'zod';

/** What Discord says no with, by its JSON error code: https://discord.com/developers/docs/topics/opcodes-and-status-codes. */
const REFUSALS = {
  0: [401, '401: Unauthorized'],
  10002: [404, 'Unknown Application'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10008: [404, 'Unknown Message'],
  10007: [404, 'Unknown Member'],
  10013: [404, 'Unknown User'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  20009: [403, 'Explicit content cannot be sent to the desired recipient(s)'],
  30046: [429, 'Maximum number of edits to messages older than 1 hour reached. Try again later'],
  40005: [413, 'Request entity too large'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50003: [403, 'Cannot execute action on a DM channel'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50033: [400, 'Invalid Recipient(s)'],
  50035: [400, 'Invalid Form Body'],
  50083: [403, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  50278: [403, 'Cannot send messages to this user due to having no mutual guilds'],
  160002: [403, 'Cannot reply without permission to read message history'],
  160004: [400, 'A thread has already been created for this message'],
  160005: [403, 'Thread is locked'],
  160006: [400, 'Maximum number of active threads reached'],
  200000: [400, 'Message was blocked by automatic moderation'],
} as const satisfies Record<number, readonly [number, string]>;

export type Code = keyof typeof REFUSALS;

/** Thrown by a handler; the server answers with it. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly body: { json: object } | { html: string };

  constructor(status: number, code: number, message: string, body: { json: object } | { html: string }) {
    super(message);
    this.status = status;
    this.code = code;
    this.body = body;
  }
}

export function refuse(code: Code, errors?: object): Refusal {
  const [status, message] = REFUSALS[code];
  return new Refusal(status, code, message, { json: { message, code, ...(errors ? { errors } : {}) } });
}

/** 50035 for one field, `path` as in `components.0.label`. */
export const invalid = (path: string, message: string, code = 'BASE_TYPE_BAD_VALUE'): Refusal =>
  refuse(50035, tree([{ path: path.split('.'), message, code }]));

/** What the load balancer says in front of Discord, without any code. */
export const tooLargePage = (): Refusal =>
  new Refusal(413, 0, 'Request Entity Too Large', {
    html: '<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n',
  });

/** Reads a body, or refuses it with 50035 and what is wrong where. */
export function parse<S extends z.ZodType>(schema: S, body: unknown, root: string[] = []): z.output<S> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw refuse(
    50035,
    tree(read.error.issues.map(({ path, message, code }) => ({ path: [...root, ...path.map(String)], message, code }))),
  );
}

interface Tree {
  [key: string]: Tree | { code: string; message: string }[];
}

/** Discord nests its complaints: `{content: {_errors: [{code, message}]}}`. */
function tree(issues: { path: string[]; message: string; code: string }[]): Tree {
  const root: Tree = {};
  for (const { path, message, code } of issues) {
    let at = root;
    for (const key of path) {
      const known = at[key];
      const next: Tree = !known || Array.isArray(known) ? {} : known;
      at[key] = next;
      at = next;
    }
    const said = at._errors;
    at._errors = [...(Array.isArray(said) ? said : []), { code: code.toUpperCase(), message }];
  }
  return root;
}
