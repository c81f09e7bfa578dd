import { type APIModalInteractionResponseCallbackData, ComponentType, TextInputStyle } from 'discord.js';
import { MAX_SCENE_INPUT } from '../../../../commands/animate.ts';

export const SCENE_FIELD = 'scene';

/** A form that asks for a scene; `value` is what stands there already. */
export function sceneForm(
  customId: string,
  { title, label, placeholder, value }: { title: string; label: string; placeholder: string; value?: string },
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: customId,
    title,
    components: [
      {
        type: ComponentType.Label,
        label,
        component: {
          type: ComponentType.TextInput,
          custom_id: SCENE_FIELD,
          style: TextInputStyle.Paragraph,
          placeholder,
          min_length: 1,
          max_length: MAX_SCENE_INPUT,
          required: true,
          value: value?.slice(0, MAX_SCENE_INPUT),
        },
      },
    ],
  };
}
