import { MessageFlags } from 'discord.js';
import { z } from 'zod';
import { invalid } from './refusal.ts';

export const allowedMentions = z.object({
  parse: z.array(z.enum(['users', 'roles', 'everyone'])).optional(),
  users: z.array(z.string().regex(/^\d+$/)).max(100).optional(),
  roles: z.array(z.string().regex(/^\d+$/)).max(100).optional(),
  replied_user: z.boolean().optional(),
});
export type AllowedMentions = z.output<typeof allowedMentions>;

/**
 * Whom a text pings: user ids, role ids, `everyone`, `here`. Without `allowed_mentions` everybody it names, and the author of
 * the message it replies to.
 */
export function pings(text: string, allowed: AllowedMentions | undefined, repliedTo: string | undefined): string[] {
  for (const kind of ['users', 'roles'] as const)
    if (allowed?.parse?.includes(kind) && (allowed[kind]?.length ?? 0) > 0)
      throw invalid(`allowed_mentions.${kind}`, `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`);

  const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, id = '']) => id);
  const isLet = (kind: 'users' | 'roles', id: string) =>
    !allowed || allowed.parse?.includes(kind) || allowed[kind]?.includes(id) || false;
  const toReplied = repliedTo !== undefined && (allowed ? (allowed.replied_user ?? false) : true);
  return [
    ...new Set([
      ...named(/<@!?(\d{1,20})>/g).filter((id) => isLet('users', id)),
      ...named(/<@&(\d{1,20})>/g).filter((id) => isLet('roles', id)),
      ...(!allowed || allowed.parse?.includes('everyone') ? named(/@(everyone|here)\b/g) : []),
      ...(toReplied ? [repliedTo] : []),
    ]),
  ];
}

/** Links that a text shows a preview of: addresses, and invitations also without any scheme. `<…>` and `\\` keep one from it. */
export const unfurls = (text: string, flags: number): string[] => [
  ...(flags & MessageFlags.SuppressEmbeds
    ? []
    : [...text.matchAll(/(?<!<)https?:\/\/[^\s<>]+/g)].map(([link]) => link)),
  ...[...text.matchAll(/(?<!\/)discord(?:\.gg|(?:app)?\.com\/invite)\/[\w-]+/gi)].map(([link]) => link),
];
