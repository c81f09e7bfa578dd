import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LEASE_MS } from '../../../src/store/tasks.ts';
import { TASK_STATES, type Task, type TaskState } from '../../../src/task/task.ts';
import type { Context } from './context.ts';
import { ids, known, newTask, whole } from './tools.ts';

/** What the port promises of one task, written down as plainly as can be. */
interface Model {
  id: string;
  requestKey: string;
  scene: string;
  state: TaskState;
  polls: number;
  rank: number;
  version: number;
  asked: number;
  dueAt?: number;
  lease?: { owner: string; until: number; start: boolean };
  accepted: Record<string, string>;
  sent: Record<string, string>;
  cancel: boolean;
  shows?: string;
  stars: string[];
}

/** Of each task that is shown; its bytes are the task's id. */
const CLIP = { blob: 'clip-1', bytes: 24, sha256: '0', size: { width: 16, height: 9 }, durationMs: 1 };
const RUNS = 120;
const OPERATIONS = 40;

const owner = fc.constantFrom('one', 'two');
const some = fc.nat({ max: 7 });
const name = fc.constantFrom('a', 'b');
const by = fc.option(owner, { nil: undefined });

const operation = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('insert' as const), person: name, key: some }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('claimDue' as const), owner, limit: fc.nat({ max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('claimStart' as const), owner, slots: fc.nat({ max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('renew' as const), owner }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('save' as const),
      owner,
      /** Counted back from the newest copy that anybody has. */
      copy: fc.nat({ max: 5 }),
      state: fc.oneof(fc.constant<TaskState>('queued'), fc.constantFrom(...TASK_STATES)),
      dueIn: fc.constantFrom(undefined, -5000, 0, 1, 20_000),
      hold: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('accept' as const), task: some, name, fact: name, by }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('sent' as const), task: some, name, fact: name, by }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('ask' as const), task: some, type: fc.constantFrom('cancel', 'wake') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1, 10_000, LEASE_MS, 60_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('reword' as const),
      task: some,
      scene: name,
      state: fc.constantFrom('received' as const, 'queued' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), task: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('show' as const), task: some }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('star' as const), task: some, person: name, isOn: fc.boolean() }),
  },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

export function describeModel(context: Context): void {
  it('the store does what the model of it does', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: OPERATIONS }), async (operations) => {
        const pair = new Pair(context);
        for (const each of operations) {
          await pair.run(each);
          await pair.compare();
        }
        await pair.clear();
      }),
      { numRuns: RUNS },
    );
  });
}

/** The store and its model, side by side. */
class Pair {
  readonly #context: Context;
  readonly #models = new Map<string, Model>();
  /** Every copy of a task that anybody ever read, newest last. */
  readonly #copies: Task[] = [];
  constructor(context: Context) {
    this.#context = context;
  }

  get #now(): number {
    return this.#context.clock.now();
  }
  get #tasks() {
    return this.#context.store.tasks;
  }

  async run(op: Operation): Promise<void> {
    switch (op.do) {
      case 'insert':
        return this.#insert(op);
      case 'claimDue':
        return this.#claimDue(op);
      case 'claimStart':
        return this.#claimStart(op);
      case 'renew':
        return this.#renew(op);
      case 'save':
        return this.#save(op);
      case 'accept':
      case 'sent':
        return this.#fact(op);
      case 'ask':
        return this.#ask(op);
      case 'reword':
        return this.#reword(op);
      case 'pass':
        return this.#context.clock.advance(op.ms);
      case 'remove':
        return this.#remove(op);
      case 'show':
        return this.#show(op);
      case 'star':
        return this.#star(op);
    }
  }

  async compare(): Promise<void> {
    for (const model of this.#models.values()) {
      const now = known(await this.#tasks.get(model.id));
      const { scene, state, polls, rank, version, asked, accepted, sent, requests, shows } = now;
      const cancel = requests.cancel === true;
      const stars = (now.stars ?? []).toSorted();
      const { id, requestKey, dueAt, lease, ...visible } = model;
      expect({ scene, state, polls, rank, version, asked, accepted, sent, cancel, shows, stars }).toEqual(visible);
    }
  }

  async clear(): Promise<void> {
    for (const id of this.#models.keys()) await this.#tasks.remove(id);
  }

  async #insert({ person, key }: Extract<Operation, { do: 'insert' }>): Promise<void> {
    const told = newTask(this.#context.clock, { requestKey: `k${key}`, requester: { id: person, name: person } });
    const { task, created } = await this.#tasks.insert(told);
    const earlier = [...this.#models.values()].find((model) => model.requestKey === told.requestKey);
    expect(created).toBe(earlier === undefined);
    expect(task.id).toBe(earlier?.id ?? told.id);
    this.#copies.push(task);
    if (earlier) return;
    expect(task.state).toBe('received');
    this.#learn(task, []);
  }

  #learn({ id, requestKey, scene, state, polls, rank, version, asked, shows }: Task, stars: string[]): void {
    const read = { id, requestKey, scene, state, polls, rank, version, asked, shows };
    this.#models.set(id, { ...read, accepted: {}, sent: {}, cancel: false, stars, dueAt: this.#now });
  }

  async #show({ task }: Extract<Operation, { do: 'show' }>): Promise<void> {
    const model = this.#pick(task);
    if (!model) return;
    const { blobs } = this.#context.store;
    if (!model.shows) await blobs.write(model.id, CLIP.blob, [Buffer.from(model.id)], { maxBytes: 100 });
    const shows = model.shows ?? model.id;
    const told = newTask(this.#context.clock, { shows, clip: CLIP });
    const shown = await this.#tasks.insert(told, { of: model.id, names: [CLIP.blob] });
    expect([shown.created, shown.task.state]).toEqual([true, 'ready']);
    this.#copies.push(shown.task);
    this.#learn(shown.task, [...model.stars]);
  }

  async #star({ task, person, isOn }: Extract<Operation, { do: 'star' }>): Promise<void> {
    const model = this.#pick(task);
    if (!model) return;
    const original = model.shows ?? model.id;
    for (const each of this.#models.values()) {
      const others = each.stars.filter((star) => star !== person);
      if ((each.shows ?? each.id) === original) each.stars = isOn ? [...others, person].toSorted() : others;
    }
    const starred = known(await this.#tasks.star(model.id, person, isOn));
    expect((starred.stars ?? []).toSorted()).toEqual(model.stars);
    this.#copies.push(starred);
  }

  async #claimDue({ owner, limit }: Extract<Operation, { do: 'claimDue' }>): Promise<void> {
    const due = [...this.#models.values()].filter(({ dueAt }) => dueAt !== undefined && dueAt <= this.#now);
    const instants = due.map(({ dueAt }) => dueAt ?? 0).sort((a, b) => a - b);
    const claimed = await this.#tasks.claimDue(owner, limit);
    // Which of two that are due since the same instant is claimed first is left open.
    expect(claimed.map(({ id }) => this.#models.get(id)?.dueAt)).toEqual(instants.slice(0, limit));
    expect(new Set(ids(claimed)).size).toBe(claimed.length);
    for (const task of claimed) this.#lease(task, owner, false);
  }

  async #claimStart({ owner, slots }: Extract<Operation, { do: 'claimStart' }>): Promise<void> {
    const queued = [...this.#models.values()].filter(({ state }) => state === 'queued');
    const running = [...this.#models.values()].filter(({ state }) => state === 'submitting' || state === 'rendering');
    const inFlight = running.length + queued.filter(({ lease }) => lease?.start).length;
    const ranks = queued.filter(({ lease }) => !lease).map(({ rank }) => rank);
    const claimed = await this.#tasks.claimStart(owner, 'preview', slots);
    expect(claimed?.rank).toBe(inFlight < slots && ranks.length > 0 ? Math.min(...ranks) : undefined);
    if (claimed) {
      expect(this.#models.get(claimed.id)?.lease).toBeUndefined();
      this.#lease(claimed, owner, true);
    }
  }

  #lease(task: Task, owner: string, start: boolean): void {
    const model = known(this.#models.get(task.id));
    const until = this.#now + LEASE_MS;
    Object.assign(model, { lease: { owner, until, start }, dueAt: until, version: model.version + 1 });
    this.#copies.push(task);
  }

  async #renew({ owner }: Extract<Operation, { do: 'renew' }>): Promise<void> {
    const held = [...this.#models.values()].filter(({ lease }) => lease?.owner === owner);
    const renewed = await this.#tasks.renew(owner, [...this.#models.keys()]);
    expect(renewed.toSorted()).toEqual(held.map(({ id }) => id).toSorted());
    const until = this.#now + LEASE_MS;
    for (const model of held) Object.assign(model, { lease: { ...model.lease, until }, dueAt: until });
  }

  async #save({ owner, copy, state, dueIn, hold }: Extract<Operation, { do: 'save' }>): Promise<void> {
    const read = this.#copies.at(-1 - copy);
    if (!read) return;
    const dueAt = dueIn === undefined ? undefined : this.#now + dueIn;
    const next = { ...read, state, polls: read.polls + 1 };
    const saved = await this.#tasks.save(next, { owner, hold, ...(dueAt === undefined ? {} : { dueAt }) });
    const model = this.#models.get(read.id);
    const allowed = model !== undefined && model.lease?.owner === owner && model.version === read.version;
    expect(saved !== undefined).toBe(allowed);
    if (!saved || !model) return;
    const until = this.#now + LEASE_MS;
    Object.assign(model, {
      state,
      polls: next.polls,
      version: model.version + 1,
      lease: hold ? { ...model.lease, until } : undefined,
      dueAt: hold ? until : model.asked !== read.asked ? this.#now : dueAt,
    });
    this.#copies.push(saved);
  }

  async #fact(op: Extract<Operation, { do: 'accept' | 'sent' }>): Promise<void> {
    const model = this.#pick(op.task);
    if (!model) return;
    const facts = op.do === 'accept' ? model.accepted : model.sent;
    const news = facts[op.name] === undefined;
    facts[op.name] ??= op.fact;
    if (news && !(this.#holds(model) && model.lease?.owner === op.by)) this.#nudge(model);
    if (op.do === 'accept')
      this.#copies.push(known(await this.#tasks.recordAccepted(model.id, op.name, op.fact, op.by)));
    else expect(await this.#tasks.recordSent(model.id, op.name, op.fact, op.by)).toBe(facts[op.name]);
  }

  async #ask({ task, type }: Extract<Operation, { do: 'ask' }>): Promise<void> {
    const model = this.#pick(task);
    if (!model) return;
    this.#nudge(model);
    if (type === 'cancel') model.cancel = true;
    const asked = await this.#tasks.ask(model.id, { type: type === 'cancel' ? 'cancel' : 'wake' });
    this.#copies.push(known(asked));
  }

  async #reword({ task, scene, state }: Extract<Operation, { do: 'reword' }>): Promise<void> {
    const model = this.#pick(task);
    if (!model) return;
    const { options } = newTask(this.#context.clock);
    const reworded = await this.#tasks.reword(model.id, { scene, options }, state);
    expect(reworded !== undefined).toBe(model.state === state && (state === 'received' || !model.lease));
    if (!reworded) return;
    const { version, asked } = model;
    Object.assign(model, { scene, version: version + 1, asked: asked + 1, lease: undefined, dueAt: this.#now });
    this.#copies.push(reworded);
  }

  async #remove({ task }: Extract<Operation, { do: 'remove' }>): Promise<void> {
    const model = this.#pick(task);
    if (!model) return;
    await this.#tasks.remove(model.id);
    this.#models.delete(model.id);
    expect(await this.#tasks.get(model.id)).toBeUndefined();
    const { blobs } = this.#context.store;
    for (const { id, shows } of this.#models.values())
      if (shows !== undefined) expect((await whole(blobs.read(id, CLIP.blob))).toString()).toBe(shows);
  }

  #pick(index: number): Model | undefined {
    return [...this.#models.values()][index];
  }

  #holds(model: Model): boolean {
    return model.lease !== undefined && model.lease.until > this.#now;
  }

  #nudge(model: Model): void {
    model.asked++;
    if (!this.#holds(model)) model.dueAt = Math.min(model.dueAt ?? this.#now, this.#now);
  }
}
