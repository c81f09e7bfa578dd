// Loaded before the program (`--import`): from SIGUSR2 on the disk fails to take what was written, once.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { fdatasync } = fs;
let fails = false;
process.on('SIGUSR2', () => {
  fails = true;
});
fs.fdatasync = Object.assign(
  (fd: number, done: fs.NoParamCallback) => {
    if (!fails) return fdatasync(fd, done);
    fails = false;
    setImmediate(done, Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO', syscall: 'fdatasync' }));
  },
  { __promisify__: fdatasync.__promisify__ },
);
syncBuiltinESMExports();
