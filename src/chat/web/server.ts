import { Hono } from 'hono';
import type { CommandDeps } from '../../../commands/table.ts';
import type { WebConfig } from '../../settings/config.ts';
import { originalOf } from '../../task/lineage.ts';
import type { Task } from '../../task/task.ts';
import { systemClock } from '../../util/clock.ts';
import type { Log } from '../../util/log.ts';
import { createSemaphore } from '../../util/semaphore.ts';
import { createAbout } from './about.ts';
import { createActions } from './actions.ts';
import { createAdmin } from './admin.ts';
import { createBodies } from './body.ts';
import { createCommands } from './commands.ts';
import type { Door } from './door.ts';
import { isHere, type WebEnv } from './env.ts';
import { createEvents } from './events.ts';
import type { Feed } from './feed.ts';
import { createFiles } from './files.ts';
import { createGallery } from './gallery.ts';
import { createGlimpse } from './glimpse.ts';
import { inChatLanguage } from './language.ts';
import { createLeft } from './left.ts';
import { createPace } from './pace.ts';
import { createPage } from './page.ts';
import { createPeople } from './people.ts';
import type { PosterOf } from './poster.ts';
import { answerErrors, Problem } from './problem.ts';
import type { Told } from './reader.ts';
import { createAnswer } from './replies.ts';
import { createSamples } from './samples.ts';
import { createServe } from './serve.ts';
import { createSettings } from './settings.ts';
import type { TaskView } from './view.ts';
import type { Viewer } from './viewer.ts';

/**
 * Requests in hand: twice the connections that there may be, for one whose browser has left goes on until the record answers.
 * Beyond that people are asked to come back.
 */
const MAX_IN_HAND = 2_000;
/** Told of a star at once; the rest have it when they are read next. */
const MAX_SHOWS = 20;

export interface WebChatDeps {
  config: WebConfig;
  door: Door;
  commands: CommandDeps;
  feed: Feed;
  viewer: Viewer;
  posterOf: PosterOf;
  /** What is wrong just now, as sentences for those who run the bot. */
  alarms: () => Promise<readonly string[]>;
  /** A task was recorded or asked something: the worker should look. */
  wake: () => void;
  log: Log;
}

/** The chat in the browser; `view.ts` says how the page talks to it. */
export async function createWebChat(deps: WebChatDeps) {
  const { config, door, commands, feed, viewer, posterOf, alarms, wake, log } = deps;
  const { store } = commands;
  const bodies = createBodies();
  const events = createEvents({ feed, conversation: () => viewer.conversation() });

  /** A task of this chat, whatever other chats have. */
  async function taskOf(id: string): Promise<Task> {
    const task = /^[0-9a-f]{24}$/.test(id) ? await store.tasks.get(id) : undefined;
    if (!task || !isHere(task)) throw new Problem(404, ({ request }) => request.gone);
    return task;
  }
  async function changed(task: Task): Promise<Told<TaskView>> {
    wake();
    const view = await viewer.view(task);
    feed.task(task.id, view);
    return view;
  }
  /** A star is the clip's: whatever else shows it here has it, too. */
  async function starred(task: Task): Promise<Told<TaskView>> {
    const original = originalOf(task);
    const [first, shows] = await Promise.all([store.tasks.get(original), store.tasks.showsOf(original, MAX_SHOWS)]);
    const here = [first, ...shows].flatMap((each) => (each && isHere(each) ? [each] : []));
    for (const each of here) feed.task(each.id, await viewer.view(each));
    return viewer.view(task);
  }

  const routes = new Hono<WebEnv>();
  routes.onError(answerErrors(log));
  const inHand = createSemaphore({ room: MAX_IN_HAND, maxWaiting: 0 });
  routes.use((_c, next) => inHand(next), inChatLanguage(store), door.all);
  for (const path of ['/api/*', '/tasks/*']) routes.use(path, ...door.inside);
  for (const path of ['/api/*', '/tasks/:id/picture']) routes.use(path, door.people);
  routes.route('/', door.routes);
  const pace = createPace({ perMinute: config.requestsPerMinute, now: systemClock.now });
  const answer = createAnswer({ feed, wake, changed, starred, taskOf, actions: commands.actions });
  routes.route('/', createAbout(commands));
  routes.route('/', createLeft(commands, { perMinute: config.requestsPerMinute }));
  routes.route('/', createPeople());
  routes.route('/', createCommands({ deps: commands, bodies, pace, answer }));
  routes.route('/', createActions({ deps: commands, pace, viewer, taskOf, answer }));
  routes.route('/', createSettings({ deps: commands, answer }));
  routes.route('/', createAdmin({ deps: commands, guards: door.admin, alarms, wake }));
  routes.route('/', createGallery({ store, viewer, taskOf }));
  routes.route('/', events.routes);
  routes.route('/', createFiles({ store, serve: createServe({ store, log }), posterOf, taskOf }));
  routes.route('/', createGlimpse({ providers: commands.providers ?? [], taskOf }));
  routes.route('/', await createSamples());
  // Where the browser has no worker yet, what is shared is not taken: the chat is there to take it.
  routes.post('/share', (c) => c.redirect('/', 303));
  routes.route('/', await createPage());
  routes.all('*', () => {
    throw new Problem(404, ({ web }) => web.notFound);
  });
  // The streams of events would go on for ever.
  return { routes, close: events.close };
}
