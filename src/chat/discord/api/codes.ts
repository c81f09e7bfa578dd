/** Discord's codes for a no, as far as they make a difference here (RESTJSONErrorCodes of discord-api-types has them all). */
export const CODE = {
  unknownChannel: 10003,
  unknownMessage: 10008,
  unknownInteraction: 10062,
  tooLarge: 40005,
  alreadyAcknowledged: 40060,
  invalidForm: 50035,
  archived: 50083,
  replyNeedsHistory: 160002,
  threadExists: 160004,
  threadLocked: 160005,
  tooManyThreads: 160006,
  autoMod: 200000,
  autoModTitle: 200001,
} as const;

export const isAutoMod = (code: number): boolean => code === CODE.autoMod || code === CODE.autoModTitle;

/** A file too large for the place; the wall in front of Discord says it without a code. */
export const isTooLarge = ({ code, status }: { code: number; status: number }): boolean =>
  status === 413 || code === CODE.tooLarge;
