import { expect, test } from 'vitest';
import { RENEW_MS } from '../../src/store/tasks.ts';
import { createRuns } from '../../src/worker/runs.ts';
import { createRig } from '../helpers/rig.ts';

test('leases are prolonged once, however many ask for room while that is under way', async () => {
  const rig = await createRig();
  try {
    const { store, clock } = rig;
    const task = await rig.ask();
    const [claimed] = await store.tasks.claimDue('one', 1);
    let renewals = 0;
    const tasks = Object.assign(Object.create(store.tasks), {
      async renew(owner: string, ids: string[]) {
        renewals++;
        return store.tasks.renew(owner, ids);
      },
    });
    let end = (): void => {};
    const going = new Promise<void>((resolve) => (end = resolve));
    const runs = createRuns({
      store: { tasks },
      clock,
      owner: 'one',
      run: () => going,
      onEnd: () => {},
      trouble: (error) => expect.fail(String(error)),
    });
    runs.begin(claimed ?? task);
    await clock.advance(RENEW_MS);
    await Promise.all(Array.from({ length: 20 }, () => runs.renewIfDue()));
    expect(renewals).toBe(1);
    await runs.renewIfDue();
    expect(renewals).toBe(1);
    end();
  } finally {
    await rig.close();
  }
});
