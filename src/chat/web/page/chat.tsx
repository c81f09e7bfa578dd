import { useLayoutEffect, useRef } from 'preact/hooks';
import { Card, type CardHooks } from './card.tsx';
import { Composer } from './composer.tsx';
import { Confirm } from './confirm.tsx';
import type { Conversation } from './conversation.ts';
import type { Draft } from './draft.ts';
import { leaving } from './leaving.ts';
import { Left } from './left.tsx';
import { AskName, isNameless } from './me.tsx';
import type { Scroll } from './scroll.ts';
import { type Settings, SettingsDialog } from './settings.tsx';
import { isMineOnly, NoneOfMine, Whose } from './whose.tsx';
import { WORDS } from './words.ts';

/** All of the chat's page below its head. */
export function Chat(props: {
  conversation: Conversation;
  draft: Draft;
  scroll: Scroll;
  settings: Settings;
  hooks: CardHooks;
  showOlder(): void;
  isLoadingOlder: boolean;
}) {
  const { conversation, draft, scroll, settings, hooks, showOlder, isLoadingOlder } = props;
  const list = useRef<HTMLOListElement>(null);
  const composer = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    if (list.current && composer.current) scroll.watch(list.current, composer.current);
  }, []);
  return (
    <>
      {(conversation.hasOthers.value || isMineOnly.value) && <Whose />}
      <section class="talk" aria-label={WORDS.yourClips}>
        <p class="older">
          <button
            type="button"
            id="older"
            class="quiet"
            hidden={!conversation.older.value}
            aria-busy={isLoadingOlder || undefined}
            onClick={showOlder}
          >
            {WORDS.showOlder}
          </button>
        </p>
        <ol id="cards" class="cards" ref={list}>
          {conversation.cards.value.map((entry) => {
            const { key, view } = entry;
            const isLeaving = view && leaving.value.has(view.taskId);
            return isLeaving ? <Left key={key} taskId={view.taskId} /> : <Card key={key} entry={entry} hooks={hooks} />;
          })}
        </ol>
        {isNameless.value && conversation.cards.value.some(({ view }) => view?.isMine) && <AskName />}
        <div class="skeleton" aria-hidden="true">
          <div class="skeleton-frame" />
          <div class="skeleton-line" />
        </div>
      </section>
      <section class="welcome" aria-labelledby="welcome-title">
        <h2 id="welcome-title">{WORDS.welcome}</h2>
        <p>{WORDS.welcomeHow}</p>
      </section>
      {isMineOnly.value && conversation.cards.value.length === 0 && <NoneOfMine />}
      <Composer draft={draft} scroll={scroll} openSettings={settings.open} at={composer} />
      <div id="drop-anywhere" class="drop-anywhere" aria-hidden="true">
        <p>{WORDS.dropAnywhere}</p>
      </div>
      <Confirm />
      <SettingsDialog settings={settings} />
    </>
  );
}
