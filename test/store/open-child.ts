/** Opens the record in the folder that its argument names, and says why that failed. */
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { systemClock } from '../../src/util/clock.ts';

await openSqliteStore({ dir: process.argv[2] ?? '', clock: systemClock }).catch((error: unknown) => {
  console.log(String(error));
});
