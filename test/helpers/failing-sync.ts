// Loaded before the program (`--import`): where the file FAILING_SYNC_FILE is there, the disk fails to take what was
// written, once.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { fdatasync } = fs;
const file = process.env.FAILING_SYNC_FILE ?? '';
fs.fdatasync = Object.assign(
  (fd: number, done: fs.NoParamCallback) => {
    if (!fs.existsSync(file)) return fdatasync(fd, done);
    fs.rmSync(file);
    setImmediate(done, Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO', syscall: 'fdatasync' }));
  },
  { __promisify__: fdatasync.__promisify__ },
);
syncBuiltinESMExports();
