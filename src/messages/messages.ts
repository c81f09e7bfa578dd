import { en, type Messages } from './en.ts';

export type { Messages };

const LOCALES: Record<string, Messages> = { en };

/** The words for a locale like `en` or `pt-BR`; English where there are none. */
export const messagesFor = (locale: string): Messages => LOCALES[locale] ?? LOCALES[locale.split('-')[0] ?? ''] ?? en;

/** The locales that there are words for. */
export const locales: readonly string[] = Object.keys(LOCALES);
