import { messagesFor } from '../src/messages/messages.ts';
import type { ClipFormat } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import { isDelivered } from './more.ts';
import { showing } from './showing.ts';
import type { Action } from './table.ts';

export const saveAs = (format: ClipFormat, isOffered: Action['isOffered'] = () => true) =>
  defineAction({
    id: format,
    words: (locale) => messagesFor(locale).actions[format],
    style: 'plain',
    who: 'here',
    renews: true,
    isOffered: (task) => isDelivered(task) && task.format === undefined && isOffered(task),
    isInMenu: isDelivered,
    run: ({ origin, task }, deps) => showing({ ...origin, source: task, format }, deps),
  });

/** **Save as GIF** and **Save as WebP**: for stickers, and for places that take no video. */
export const gifAction = saveAs('gif');
export const webpAction = saveAs('webp');
