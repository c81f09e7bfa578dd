import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Issue, validate } from './json-schema.ts';
import type { Asked } from './stand-in.ts';

export type { Issue };

const schema = z.record(z.string(), z.unknown());
const content = z.object({ 'application/json': z.object({ schema }) });
const parameter = z.object({ name: z.string(), in: z.enum(['path', 'header']), required: z.boolean(), schema });
const description = z.object({
  components: z.object({ parameters: z.record(z.string(), parameter) }),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        parameters: z.array(z.union([parameter, z.object({ $ref: z.string() })])),
        requestBody: z.object({ content }).optional(),
        responses: z.record(z.string(), z.object({ content: content.optional() })),
      }),
    ),
  ),
});

/**
 * The parts of the vendor's published description (2026-08) that we use, without its prose; the models that it had not yet are
 * from the types of its client 4.20.1, which are generated from a later one.
 */
const { components, paths } = description.parse(
  JSON.parse(readFileSync(new URL('./runway-description.json', import.meta.url), 'utf8')),
);

function operation(path: string, method: string) {
  const found = paths[path]?.[method];
  if (!found) throw new RangeError(`${method} ${path} is not described`);
  return found;
}

/** What is wrong with a call's path and headers. */
export function parameterIssues(path: string, method: string, { part, headers }: Asked): Issue[] {
  return operation(path, method).parameters.flatMap((given) => {
    const known = '$ref' in given ? components.parameters[given.$ref.split('/').at(-1) ?? ''] : given;
    if (!known) throw new RangeError('a parameter is not described');
    const value = known.in === 'path' ? part : headers[known.name.toLowerCase()];
    if (value === undefined) return [{ code: 'invalid_type', path: [known.name], message: 'is missing' }];
    return validate(known.schema, value).map((issue) => ({ ...issue, path: [known.name] }));
  });
}

/** What is wrong with a call's body. Fields that are not described are wrong too, though the vendor does not say so. */
export function bodyIssues(path: string, method: string, { headers, body }: Asked): Issue[] {
  const described = operation(path, method).requestBody?.content['application/json'].schema;
  if (!described) throw new RangeError(`${method} ${path} has no body`);
  if (headers['content-type'] !== 'application/json') return [{ code: 'custom', path: [], message: 'is no JSON' }];
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    return [{ code: 'custom', path: [], message: 'is no JSON' }];
  }
  const branches = z.array(schema).parse(described.oneOf);
  return validate({ oneOf: branches.map((branch) => ({ ...branch, additionalProperties: false })) }, value);
}

/** What is wrong with an answer: keeps the stand-in honest. */
export function answerIssues(path: string, method: string, status: number, json: unknown): Issue[] {
  const described = operation(path, method).responses[String(status)]?.content?.['application/json'].schema;
  return described ? validate(described, json) : [];
}

const read = z.object({
  model: z.string(),
  promptImage: z.union([z.string(), z.array(z.object({ uri: z.string(), position: z.enum(['first', 'last']) }))]),
  promptText: z.string().optional(),
  ratio: z.string(),
  duration: z.number().optional(),
  audio: z.boolean().optional(),
});

/** A body that has no issues. */
export const readBody = ({ body }: Asked) => read.parse(JSON.parse(body.toString()));
