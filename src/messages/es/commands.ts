import { DURATIONS_SECONDS } from '../../task/options.ts';
import type { Messages } from '../en/index.ts';
import { countedCredits } from './say.ts';

export const commands: Messages['commands'] = {
  animate: {
    name: 'animate',
    description: 'Convierte una imagen en un clip de unos segundos',
    options: {
      image: {
        name: 'imagen',
        label: 'Imagen',
        description: 'La imagen: JPEG, PNG, WebP, HEIC, AVIF o GIF',
        wrong: 'Falta la imagen. Envía una, o responde a una.',
      },
      last: {
        name: 'final',
        label: 'Termina en',
        description: 'Una segunda imagen, en la que termina el clip',
        wrong: 'Envía una segunda imagen para el final del clip, o no la pongas.',
      },
      scene: {
        name: 'escena',
        label: '¿Qué quieres que pase?',
        description: 'Lo que quieres que pase, por ejemplo “llegan las olas, zoom lento”',
        wrong: 'Di qué quieres que pase en la imagen, por ejemplo “llegan las olas, zoom lento”.',
      },
      motion: {
        name: 'movimiento',
        label: 'Movimiento',
        description: 'De 1 (casi no se mueve) a 10 (se mueve mucho)',
        wrong: 'El movimiento va de 1 (casi no se mueve) a 10 (se mueve mucho).',
      },
      duration: {
        name: 'duración',
        label: 'Duración',
        description: 'En segundos',
        choices: Object.fromEntries(DURATIONS_SECONDS.map((seconds) => [seconds, `${seconds} segundos`])),
        wrong: 'Un clip dura 2–10 segundos.',
      },
      model: {
        name: 'modelo',
        label: 'Modelo',
        description: 'Qué modelo hace el clip',
        wrong: 'No existe ese modelo.',
      },
      sound: {
        name: 'sonido',
        label: 'Sonido',
        description: 'Si el clip tiene sonido; cuesta más',
        choices: { on: 'con sonido', off: 'sin sonido' },
        wrong: 'Sonido es on (sí) u off (no).',
      },
      frame: {
        name: 'fotograma',
        label: 'Fotograma',
        description: 'Si el clip empieza o termina con tu imagen',
        choices: { first: 'empieza con ella', last: 'termina con ella' },
        wrong: 'Fotograma es first (empieza con la imagen) o last (termina con ella).',
      },
      seed: {
        name: 'semilla',
        label: 'Semilla',
        description: 'La misma semilla repite el mismo clip',
        wrong: 'La semilla es un número entero de 0 a 4294967295.',
      },
      shape: {
        name: 'formato',
        label: 'Formato',
        description: 'El formato del clip; automático: el más parecido al de la imagen',
        choices: {
          auto: 'automático',
          wide: 'ancho (16:9)',
          tall: 'vertical (9:16)',
          square: 'cuadrado (1:1)',
          landscape: 'apaisado (4:3)',
          portrait: 'retrato (3:4)',
          ultrawide: 'panorámico (21:9)',
        },
        wrong: 'El formato es auto, wide, tall, square, landscape, portrait o ultrawide.',
      },
      fit: {
        name: 'ajuste',
        label: 'Ajuste',
        description: 'Qué hacer con una imagen de otro formato',
        choices: { crop: 'recortar', pad: 'agregar bordes difuminados', strict: 'sin cambios: rechazarla' },
        wrong: 'El ajuste es crop (recortar), pad (agregar bordes) o strict (sin cambios).',
      },
      focus: {
        name: 'foco',
        description: 'Lo que se conserva al recortar la imagen: partes de su ancho y alto, como 0.3,0.6',
        wrong: 'El foco son dos números de 0 a 1, como 0.3,0.6: desde la izquierda y desde arriba.',
      },
      takes: {
        name: 'tomas',
        label: 'Tomas',
        description: 'Cuántos clips a la vez, de 1 a 4; cada uno cuesta lo que cuesta uno',
        wrong: 'Se hacen de 1 a 4 tomas a la vez.',
      },
      spoiler: {
        name: 'spoiler',
        description: 'Oculta la imagen y el clip hasta que alguien los toque',
        wrong: 'Spoiler es sí o no.',
      },
    },
  },
  clips: {
    name: 'clips',
    description: 'Los clips hechos aquí, o todos los tuyos',
    options: {
      of: {
        name: 'cuáles',
        label: 'Cuáles',
        description: 'Los hechos aquí, o todos los tuyos',
        choices: { here: 'hechos aquí', mine: 'todos los míos' },
        wrong: 'Di “here” para los clips hechos aquí, o “mine” para todos los tuyos.',
      },
      words: { name: 'palabras', description: 'Palabras de la escena', wrong: 'Usa 200 caracteres como máximo.' },
      by: { name: 'persona', description: 'De quién son los clips', wrong: 'Di de quién son los clips que buscas.' },
      starred: { name: 'estrella', description: 'Solo los que tienen estrella', wrong: 'Estrella es sí o no.' },
    },
  },
  show: {
    name: 'show',
    description: 'Publica otra vez un clip tuyo, o uno hecho aquí',
    options: {
      clip: {
        name: 'clip',
        description: 'Palabras de su escena, o su ID',
        wrong: 'Di qué clip: palabras de su escena, o su ID.',
      },
    },
  },
  settings: {
    name: 'settings',
    description: 'Para quienes administran este chat: qué se hace aquí, y para quién',
    options: {},
  },
  quota: { name: 'quota', description: 'Cuántos clips puedes pedir todavía', options: {} },
  privacy: { name: 'privacy', description: 'Qué guarda este bot de ti, y por cuánto tiempo', options: {} },
  export: { name: 'export', description: 'Recibe en un archivo lo que este bot guarda de ti', options: {} },
  forget: { name: 'forget', description: 'Borra todo lo que este bot guarda de ti', options: {} },
  admin: {
    name: 'admin',
    description: 'Para quienes manejan este bot: cómo va, y qué hacer',
    options: {
      do: {
        name: 'acción',
        description: 'Qué hacer; sin nada: cómo va hoy',
        choices: {
          pause: 'pause: no empezar nada nuevo',
          resume: 'reanudar',
          stop: 'detener una tarea',
          retry: 'repetir una tarea',
          block: 'bloquear a una persona',
          unblock: 'desbloquear a una persona',
          refuse: 'rechazar una palabra',
          allow: 'volver a aceptar una palabra',
          park: 'dejar en reposo una clave',
          free: 'volver a usar una clave',
        },
        wrong: 'Di pause, resume, stop, retry, block, unblock, refuse, allow, park o free.',
      },
      what: {
        name: 'qué',
        description: 'El ID de la tarea, la persona, la palabra o la clave',
        wrong: 'Usa 200 caracteres como máximo.',
      },
    },
  },
  cancel: { name: 'cancel', description: 'Detén un clip que se está haciendo para ti aquí', options: {} },
  help: { name: 'help', description: 'Qué hace este bot, y cómo', options: {} },
};

export const actions: Messages['actions'] = {
  cancel: { label: 'Cancelar' },
  cancelAll: { label: 'Cancelar todos' },
  again: { label: 'Otra vez', help: 'otra toma' },
  edit: {
    label: 'Cambiar escena',
    help: 'una toma con otras palabras',
    title: 'Otra escena',
    question: '¿Qué quieres que pase en su lugar?',
  },
  crop: { label: 'Recortar' },
  shorten: { label: 'Escena más corta' },
  picture: {
    label: 'Otra imagen',
    title: 'Otra imagen',
    question: '¿Qué imagen uso en su lugar?',
  },
  star: {
    label: '⭐',
    help: 'una estrella; los clips que tienen una se conservan',
    counted: (stars) => (stars === 0 ? '⭐' : `⭐ ${stars}`),
    on: 'Le diste una estrella a este clip.',
    off: 'Quitaste tu estrella.',
  },
  share: { label: 'Compartir', help: 'lo muestra en otro lugar', question: '¿Dónde muestro este clip?' },
  link: {
    label: 'Enlace',
    help: 'una página propia, para quien tenga la dirección',
    text: (url) => `Quien tenga esta dirección puede ver el clip:\n${url}`,
    nowhere: 'No se puede llegar a este bot desde afuera, así que sus clips no tienen página propia.',
  },
  unlink: { label: 'Quitar el enlace', done: 'La página de este clip ya no existe.' },
  copy: {
    label: 'Enviarme una copia',
    nowhere: 'Escríbeme primero en privado, y ahí podré enviarte una copia.',
  },
  continue: {
    label: 'Continuar',
    help: 'sigue donde termina el clip; los dos llegan en uno',
    title: 'Continuar el clip',
    question: ({ seconds, credits }) =>
      credits > 0 ? `¿Qué pasa después? (${seconds} s: ${countedCredits(credits)})` : '¿Qué pasa después?',
    tooLong: (n) => `Un clip continuado dura como máximo ${n} segundos, y este sería más largo.`,
  },
  loop: {
    label: 'Bucle',
    help: 'ida y vuelta, para verlo una y otra vez',
    silent: 'El bucle no tiene sonido.',
  },
  gif: { label: 'Guardar como GIF' },
  webp: { label: 'Guardar como WebP' },
  story: {
    label: 'Historia',
    help: 'todas las tomas de su imagen',
    text: 'Todas las tomas de esta imagen, empezando por la primera:',
  },
  report: {
    label: 'Reportar',
    help: 'avisa a quienes administran este chat',
    done: 'Gracias. Quienes administran este chat ya tienen el aviso, y pueden quitar el clip.',
    own: 'Este clip es tuyo: con “Borrar” desaparece.',
  },
  more: { label: 'Más', text: '¿Qué hacemos con este clip?' },
  show: { label: 'Mostrar aquí' },
  delete: { label: 'Borrar', help: 'lo quita' },
  details: { label: 'Detalles', help: 'su semilla, costo y tiempos' },
  retry: { label: 'Intentar otra vez' },
  leave: { label: 'Dejarlo así' },
};

export const help: Messages['help'] = {
  intro: 'Con una imagen y una línea de texto se hace un clip de unos segundos: “llegan las olas, zoom lento”.',
  command: (name, description) => `/${name}: ${description}`,
  under: 'Debajo de un clip:',
  action: (label, does) => `${label}: ${does}`,
  pictures: (maxMegabytes, minSide) =>
    `Las imágenes son JPEG, PNG, WebP, HEIC o AVIF, de hasta ${maxMegabytes} MB y al menos ${minSide} píxeles por lado.`,
  free: 'Aquí los clips son vistas previas sin IA: una cámara recorre la imagen. No cuestan nada.',
  paid: (credits) => `Cada clip les cuesta ${countedCredits(credits)} a quienes manejan este bot.`,
};
