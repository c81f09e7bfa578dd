/** Limits that time or money renews. */
const RENEWED = /\b(daily|days?|today|month\w*|billing|spen[dt]\w*|budget)\b/i;
const OF_ACCOUNT = 'account|organi[sz]ation|workspace|team|tier|plan|subscription|usage';
const LIMIT = 'cap|limit|maximum';
const ACCOUNTS = new RegExp(
  `\\b(quota|allowance)\\b|\\b(${OF_ACCOUNT})\\b.*\\b(${LIMIT})\\b|\\b(${LIMIT})\\b.*\\b(${OF_ACCOUNT})\\b`,
  'i',
);
/** Over in a moment. */
const PACE = /\b(rate|concurren\w*|seconds?|minutes?)\b/i;

/**
 * Whether a refusal speaks of a limit of the account's that is not over soon: a day's, a month's, what may be spent. How
 * services word theirs is mostly not published.
 */
export const isCapped = (words: string): boolean => RENEWED.test(words) || (ACCOUNTS.test(words) && !PACE.test(words));
