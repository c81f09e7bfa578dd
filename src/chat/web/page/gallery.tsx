import type { Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { TaskView } from '../view.ts';
import { Grid } from './grid.tsx';
import { Icon } from './icons.tsx';
import { Large } from './large.tsx';
import { isMineOnly, Whose } from './whose.tsx';
import { WORDS } from './words.ts';

/** After the last letter, so long nothing is looked for. */
const TYPING_MS = 250;

/** Why there are no clips, and what may be done then: make one, see everybody's, or leave out what was looked for. */
export interface None {
  sentence: string;
  wayOut?: 'make' | 'all' | 'unfiltered';
}

interface GalleryProps extends FilterProps {
  clips: Signal<readonly TaskView[]>;
  none: Signal<None>;
  hasMore: Signal<boolean>;
  /** The next page did not come: it is asked for by a press. */
  isStuck: Signal<boolean>;
  current: Signal<string | undefined>;
  more(): void;
  large: Signal<TaskView | undefined>;
  turns: Omit<Parameters<typeof Large>[0], 'shown'>;
  /** All takes of one picture, in place of all clips. */
  isStory: boolean;
}

/** Clips by pages, and each of them large. */
export function Gallery(props: GalleryProps) {
  const { clips, none, hasMore, isStuck, current, more, large, turns, isStory } = props;
  return (
    <>
      <div class="gallery-head">
        <h1 id="title">{isStory ? WORDS.story : WORDS.clips}</h1>
        {isStory ? (
          <p id="all" class="all">
            <a class="plain" href="/clips">
              {WORDS.allClips}
            </a>
          </p>
        ) : (
          <Filter {...props} />
        )}
      </div>
      {(isMineOnly.value || clips.value.some(({ isMine }) => !isMine)) && !isStory && <Whose />}
      <Grid
        clips={clips}
        hasMore={hasMore}
        current={current}
        more={more}
        open={(view) => {
          large.value = view;
        }}
      />
      <div id="none" class="none" hidden={none.value.sentence === ''}>
        <p>{none.value.sentence}</p>
        <WayOut wayOut={none.value.wayOut} {...props} />
      </div>
      <p class="older" hidden={!isStuck.value}>
        <button type="button" id="older" class="quiet" onClick={more}>
          {WORDS.nextPage}
        </button>
      </p>
      <Large shown={large} {...turns} />
    </>
  );
}

/** The way out where there are none: to the chat, or to what there is. */
function WayOut({ wayOut, words, starred, load }: { wayOut: None['wayOut'] } & FilterProps) {
  if (wayOut === undefined) return null;
  if (wayOut === 'make')
    return (
      <a class="plain" href="/">
        {WORDS.makeOne}
      </a>
    );
  return (
    <button
      type="button"
      class="plain"
      onClick={() => {
        words.value = '';
        starred.value = false;
        if (wayOut === 'all') isMineOnly.value = false;
        load();
      }}
    >
      {wayOut === 'all' ? WORDS.showAll : WORDS.allClips}
    </button>
  );
}

interface FilterProps {
  words: Signal<string>;
  starred: Signal<boolean>;
  /** From the first page on. */
  load(): unknown;
}

function Filter({ words, starred, load }: FilterProps) {
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  return (
    <search class="filter" aria-label={WORDS.findClips}>
      <form
        id="filter"
        onSubmit={(event) => {
          event.preventDefault();
          clearTimeout(typing.current);
          load();
        }}
      >
        <label class="find">
          <Icon name="search" />
          <span class="unseen">{WORDS.wordsOfScene}</span>
          <input
            type="search"
            id="words"
            name="words"
            class="typed"
            dir="auto"
            placeholder={WORDS.wordsOfScene}
            maxLength={200}
            autocomplete="off"
            enterkeyhint="search"
            value={words.value}
            onInput={({ currentTarget }) => {
              words.value = currentTarget.value;
              clearTimeout(typing.current);
              typing.current = setTimeout(() => load(), TYPING_MS);
            }}
          />
        </label>
        <label class="starred">
          <input
            type="checkbox"
            id="starred"
            name="starred"
            value="true"
            checked={starred.value}
            onChange={({ currentTarget }) => {
              starred.value = currentTarget.checked;
            }}
          />
          <Icon name="star" />
          {WORDS.withStar}
        </label>
      </form>
    </search>
  );
}
