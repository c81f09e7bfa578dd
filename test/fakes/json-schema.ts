/** One thing that a value does wrong. */
export interface Issue {
  path: (string | number)[];
  code: string;
  message: string;
}

type Schema = Record<string, unknown>;
type Check = (argument: unknown, value: unknown, schema: Schema) => Issue[];

/** Says what else than schemas a description's words are; they do not constrain a value here. */
const NO_CONSTRAINT = new Set(['title', 'default', 'format']);

const wrong = (code: string, message: string, path: Issue['path'] = []): Issue[] => [{ code, message, path }];
const at = (key: string | number, issues: Issue[]): Issue[] =>
  issues.map((issue) => ({ ...issue, path: [key, ...issue.path] }));
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TYPES: Record<string, (value: unknown) => boolean> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
};

/** The part of JSON Schema 2020-12 that the vendor's description uses. Constraints on other types than a value's hold. */
const CHECKS: Record<string, Check> = {
  type: (type, value) => (TYPES[String(type)]?.(value) ? [] : wrong('invalid_type', `must be of type ${type}`)),
  const: (expected, value) => (value === expected ? [] : wrong('invalid_value', `must be ${expected}`)),
  enum: (list, value) => (Array.isArray(list) && list.includes(value) ? [] : wrong('invalid_value', 'is not on offer')),
  minLength: (min, value) => bound(typeof value === 'string' && value.length < Number(min), 'too_small'),
  maxLength: (max, value) => bound(typeof value === 'string' && value.length > Number(max), 'too_big'),
  minimum: (min, value) => bound(typeof value === 'number' && value < Number(min), 'too_small'),
  maximum: (max, value) => bound(typeof value === 'number' && value > Number(max), 'too_big'),
  minItems: (min, value) => bound(Array.isArray(value) && value.length < Number(min), 'too_small'),
  maxItems: (max, value) => bound(Array.isArray(value) && value.length > Number(max), 'too_big'),
  pattern: (pattern, value) =>
    bound(typeof value === 'string' && !new RegExp(String(pattern)).test(value), 'invalid_format'),
  required: (names, value) =>
    isObject(value) && Array.isArray(names)
      ? names.flatMap((name) => (Object.hasOwn(value, name) ? [] : wrong('invalid_type', 'is missing', [name])))
      : [],
  properties: (properties, value) =>
    isObject(properties) && isObject(value)
      ? Object.entries(properties).flatMap(([name, schema]) =>
          Object.hasOwn(value, name) ? at(name, validate(schema, value[name])) : [],
        )
      : [],
  additionalProperties: (additional, value, { properties }) => {
    const known = isObject(properties) ? properties : {};
    const others = isObject(value) ? Object.entries(value).filter(([name]) => !Object.hasOwn(known, name)) : [];
    return others.flatMap(([name, other]) =>
      additional === false ? wrong('unrecognized_keys', 'is not known', [name]) : at(name, validate(additional, other)),
    );
  },
  propertyNames: (schema, value) =>
    isObject(value) ? Object.keys(value).flatMap((name) => at(name, validate(schema, name))) : [],
  items: (schema, value) =>
    Array.isArray(value) ? value.flatMap((item, index) => at(index, validate(schema, item))) : [],
  anyOf: (schemas, value) => branches(schemas, value, (fitting) => fitting > 0),
  oneOf: (schemas, value) => branches(schemas, value, (fitting) => fitting === 1),
};

/** What is wrong with a value. Throws for a keyword that it does not know: a check left out would be a lie. */
export function validate(schema: unknown, value: unknown): Issue[] {
  if (!isObject(schema)) throw new TypeError('a schema must be an object here');
  return Object.entries(schema).flatMap(([keyword, argument]) => {
    if (NO_CONSTRAINT.has(keyword)) return [];
    const check = CHECKS[keyword];
    if (!check) throw new TypeError(`the keyword ${keyword} is not understood here`);
    return check(argument, value, schema);
  });
}

const bound = (outside: boolean, code: string): Issue[] =>
  outside ? wrong(code, 'is outside of what is allowed') : [];

/** Tells of the branch that comes nearest, because the others' complaints say nothing. */
function branches(schemas: unknown, value: unknown, enough: (fitting: number) => boolean): Issue[] {
  if (!Array.isArray(schemas)) throw new TypeError('branches must be a list');
  const all = schemas.map((schema) => validate(schema, value));
  if (enough(all.filter((issues) => issues.length === 0).length)) return [];
  const [nearest = []] = all.filter((issues) => issues.length > 0).sort((a, b) => a.length - b.length);
  return nearest.length > 0 ? nearest : wrong('invalid_union', 'fits more than one');
}
