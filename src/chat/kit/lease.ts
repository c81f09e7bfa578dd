/** A receiver's lease lasts so long and is prolonged so often: with both, another process takes over within 15 s. */
export const LEASE_MS = 10_000;
export const RENEW_MS = 3_000;
