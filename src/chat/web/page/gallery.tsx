import type { Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { TaskView } from '../view.ts';
import { Icon } from './icons.tsx';
import { Large } from './large.tsx';
import { leaving } from './leaving.ts';
import { Left } from './left.tsx';
import { Tile } from './tile.tsx';
import { WORDS } from './words.ts';

/** After the last letter, so long nothing is looked for. */
const TYPING_MS = 250;

interface GalleryProps extends FilterProps {
  clips: Signal<readonly TaskView[]>;
  none: Signal<string>;
  next: Signal<string | undefined>;
  isLoading: Signal<boolean>;
  large: Signal<TaskView | undefined>;
  turns: Omit<Parameters<typeof Large>[0], 'shown'>;
  /** All takes of one picture, in place of all clips. */
  isStory: boolean;
}

/** Clips by pages, and each of them large. */
export function Gallery(props: GalleryProps) {
  const { clips, none, next, isLoading, large, turns, isStory, load } = props;
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
      <ul id="tiles" class="tiles" aria-labelledby="title">
        {clips.value.map((view) =>
          leaving.value.has(view.taskId) ? (
            <Left key={view.taskId} taskId={view.taskId} />
          ) : (
            <Tile
              key={view.taskId}
              view={view}
              open={() => {
                large.value = view;
              }}
            />
          ),
        )}
      </ul>
      <p id="none" class="none" hidden={none.value === ''}>
        {none}
      </p>
      <p class="older">
        <button
          type="button"
          id="older"
          class="quiet"
          hidden={next.value === undefined}
          aria-busy={isLoading.value || undefined}
          onClick={() => isLoading.value || load(next.value)}
        >
          {WORDS.nextPage}
        </button>
      </p>
      <Large shown={large} {...turns} />
    </>
  );
}

interface FilterProps {
  words: Signal<string>;
  starred: Signal<boolean>;
  /** From the first page on, or the one after that clip. */
  load(after?: string): unknown;
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
