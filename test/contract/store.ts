import { describe } from 'vitest';
import { describeBlobs } from './store/blobs.ts';
import { describeChatSettings } from './store/chat-settings.ts';
import { describeClaims } from './store/claims.ts';
import { describeClips } from './store/clips.ts';
import { type OpenStore, useStore } from './store/context.ts';
import { describeCounts } from './store/counts.ts';
import { describeDump } from './store/dump.ts';
import { describeFacts } from './store/facts.ts';
import { describeFairness } from './store/fairness.ts';
import { describeForgetting } from './store/forgetting.ts';
import { describeKeeping } from './store/keeping.ts';
import { describeLettingGo } from './store/letting-go.ts';
import { describeModel } from './store/model.ts';
import { describeRecords } from './store/records.ts';

/** What every store must do. Knows the port only; `open` makes an empty store whose instants are the clock's. */
export function describeStore(name: string, open: OpenStore): void {
  describe(name, () => {
    const context = useStore(open);
    describe('records', () => describeRecords(context));
    describe('claims', () => describeClaims(context));
    describe('facts and requests', () => describeFacts(context));
    describe('fairness', () => describeFairness(context));
    describe('counts', () => describeCounts(context));
    describe('blobs', () => describeBlobs(context));
    describe('drafts, spend, parkings', () => describeKeeping(context));
    describe('settings of chats', () => describeChatSettings(context));
    describe('locks, letting go', () => describeLettingGo(context));
    describe('clips that are shown, starred and looked for', () => describeClips(context));
    describe('what there is of a person', () => describeForgetting(context));
    describe('the whole record', () => describeDump(context, open));
    describe('any order of operations', () => describeModel(context));
  });
}

/** The part of it that is about bytes, for stores that keep those elsewhere: the same suites. */
export function describeBytes(name: string, open: OpenStore): void {
  describe(name, () => {
    const context = useStore(open);
    describe('blobs', () => describeBlobs(context));
    describe('letting go', () => describeLettingGo(context));
    describe('clips that are shown', () => describeClips(context));
    describe('the whole record', () => describeDump(context, open));
  });
}
