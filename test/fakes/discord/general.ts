import { z } from 'zod';
import type { Gateway } from './gateway.ts';
import { demand } from './permissions.ts';
import { parse, refuse } from './refusal.ts';
import type { Asked, Route } from './server.ts';
import { wireChannel, wireGuild, wireMember, wireUser } from './wire.ts';
import type { Channel, User, World } from './world.ts';

/** What a bot asks at start and now and then: itself, servers, channels, direct messages. */
export function createGeneral({
  world,
  gateway,
  url,
  openDm,
}: {
  world: World;
  gateway: Gateway;
  url: () => string;
  openDm(user: User): Channel;
}): { routes: Route[] } {
  const me = () => ({ ...wireUser(world.bot), verified: true, mfa_enabled: true, email: null, locale: 'en-US' });
  const application = () => ({
    id: world.applicationId,
    name: world.bot.username,
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    team: null,
    flags: 0,
    bot: wireUser(world.bot),
    ...{ approximate_guild_count: world.guilds.size, integration_types_config: { 0: {} } },
  });
  const gatewayBot = () => ({
    url: url(),
    shards: gateway.shards,
    session_start_limit: gateway.limit(),
  });

  function guild({ params }: Asked) {
    const found = world.guilds.get(params.guild ?? '');
    if (!found) throw refuse(10004);
    if (!found.botIsIn) throw refuse(50001);
    const { members, channels, threads, ...rest } = wireGuild(world, found);
    return rest;
  }

  function channel({ params }: Asked) {
    const found = world.channel(params.channel ?? '');
    demand(world, found);
    return wireChannel(world, found);
  }

  function typing({ params }: Asked): undefined {
    demand(world, world.channel(params.channel ?? ''));
  }

  /** Of people the bot may ask one by one, by no intent. */
  function member({ params }: Asked) {
    const found = world.guilds.get(params.guild ?? '');
    if (!found?.botIsIn) throw refuse(found ? 50001 : 10004);
    const user = world.users.get(params.user ?? '');
    if (!user) throw refuse(10013);
    if (!found.members.has(user.id)) throw refuse(10007);
    return wireMember(found, user);
  }

  const recipient = z.object({ recipient_id: z.string() });
  function dm({ body }: Asked) {
    const user = world.users.get(parse(recipient, body).recipient_id);
    if (!user || user.bot) throw refuse(50033);
    return wireChannel(world, openDm(user));
  }

  return {
    routes: [
      { name: 'me', method: 'GET', path: '/users/@me', handle: me },
      { name: 'user', method: 'GET', path: '/users/:user', handle: ({ params }) => userOf(world, params) },
      { name: 'application', method: 'GET', path: '/applications/@me', handle: application },
      { name: 'application', method: 'GET', path: '/oauth2/applications/@me', handle: application },
      { name: 'gatewayBot', method: 'GET', path: '/gateway/bot', handle: gatewayBot },
      { name: 'guild', method: 'GET', path: '/guilds/:guild', handle: guild },
      { name: 'member', method: 'GET', path: '/guilds/:guild/members/:user', handle: member },
      { name: 'channel', method: 'GET', path: '/channels/:channel', handle: channel },
      { name: 'typing', method: 'POST', path: '/channels/:channel/typing', handle: typing },
      { name: 'openDm', method: 'POST', path: '/users/@me/channels', handle: dm },
    ],
  };
}

function userOf(world: World, { user }: Record<string, string>) {
  const found = world.users.get(user ?? '');
  if (!found) throw refuse(10013);
  return wireUser(found);
}
