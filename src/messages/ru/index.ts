import type { Messages } from '../en/index.ts';
import { admin } from './admin.ts';
import { clips } from './clips.ts';
import { actions, commands, help } from './commands.ts';
import { discord } from './discord.ts';
import { failure } from './failures.ts';
import { links } from './links.ts';
import { models } from './models.ts';
import { page } from './page.js';
import { note, picture } from './pictures.ts';
import { confirm, exported, forget, privacy } from './privacy.ts';
import { quota } from './quota.ts';
import { request } from './request.ts';
import { settings } from './settings.ts';
import { status } from './status.ts';
import { takes } from './takes.ts';
import { task } from './task.ts';
import { telegram } from './telegram.ts';
import { terminal } from './terminal.ts';
import { understood } from './understood.ts';
import { web } from './web.ts';

/** Russian. */
export const ru: Messages = {
  language: 'Русский',
  ...task,
  actions,
  admin,
  clips,
  commands,
  confirm,
  discord,
  exported,
  failure,
  forget,
  help,
  links,
  models,
  note,
  page,
  picture,
  privacy,
  quota,
  request,
  settings,
  status,
  takes,
  telegram,
  terminal,
  understood,
  web,
};
