const original = { width: 4032, height: 3024 };
const found = { width: 10, height: 10 };
const fitted = { original, fitted: { width: 1280, height: 720 }, blob: 'upload', sha256: 'ab', type: 'image/png' };

/** A task as both stores kept it before unions were all told apart by `type`. */
export const OLD_TASK = {
  fixed: {
    id: '000000000000000000000001',
    requestKey: 'k1',
    requester: { id: 'ada', name: 'Ada' },
    place: { platform: 'test', chat: 'harbour' },
    locale: 'en',
    scene: 'waves roll in, slow zoom',
    options: { motion: 5, seed: 42, duration: 5, fit: 'crop' },
    provider: 'preview',
    cost: 0,
  },
  decisions: {
    picture: { type: 'remote', ref: 'photo-1' },
    fitted: { ...fitted, notes: [{ type: 'upright' }, { type: 'cropped', from: original }] },
    attempts: [],
    polls: 0,
    tries: 0,
    failure: { type: 'bad-picture', picture: { type: 'too-small', found, minSide: 320 } },
    at: { received: 1767323045000 },
  },
};

/** What it says. */
export const TASK_OF_TODAY = {
  picture: { type: 'remote', ref: 'photo-1' },
  fitted: { ...fitted, notes: [{ type: 'upright' }, { type: 'cropped', from: original }] },
  failure: { type: 'bad-picture', picture: { type: 'too-small', found, minSide: 320 } },
};
