import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord.js';
import type { Messages } from '../../../messages/messages.ts';
import { MAX_SCENE_INPUT } from './commands.ts';

export const SCENE_FIELD = 'scene';

/** A form that asks for a scene; `value` is what stands there already. */
export function sceneForm(
  { form }: Messages['discord'],
  { customId, title, value }: { customId: string; title: string; value?: string },
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: customId,
    title,
    components: [
      {
        type: ComponentType.Label,
        label: form.scene,
        component: {
          type: ComponentType.TextInput,
          custom_id: SCENE_FIELD,
          style: TextInputStyle.Paragraph,
          placeholder: form.placeholder,
          min_length: 1,
          max_length: MAX_SCENE_INPUT,
          required: true,
          ...(value === undefined ? {} : { value: value.slice(0, MAX_SCENE_INPUT) }),
        },
      },
    ],
  };
}
