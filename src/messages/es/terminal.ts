import type { Messages } from '../en/index.ts';

export const terminal: Messages['terminal'] = {
  usage: {
    how: 'Uso: npm run animate -- IMAGEN ["ESCENA"] [opciones]',
    wordless: 'Sin escena, la imagen se mueve por sí sola, si el servicio hace esos clips.',
    motion: 'cuánto se mueve (si no, 5)',
    seed: 'la misma semilla da el mismo clip; sin ella, cada vez sale otro',
    duration: 'segundos (si no, 5)',
    fit: 'cómo se ajusta la imagen a 16:9 o 9:16',
    takes: 'tantos clips a la vez, cada uno con la semilla siguiente (si no, 1)',
    file: 'ARCHIVO.mp4',
    out: 'dónde va el clip (si no, aquí mismo, con el nombre de la imagen);',
    outs: 'varias tomas van a ARCHIVO-1.mp4, ARCHIVO-2.mp4, etc.',
    force: 'se sustituye un archivo que ya está',
    example: 'Ejemplo: npm run animate -- foto.jpg "llegan olas, zoom lento" --motion 7',
  },
  noPicture:
    'Di una imagen y, si no debe moverse por sí sola, qué debe pasar en ella: npm run animate -- foto.jpg "llegan olas"',
  emptyScene: 'La escena está vacía. Di qué debe pasar en la imagen o no la pongas.',
  address: (picture) => `${picture} es una dirección, y solo se aceptan archivos. Guarda la imagen y di ese archivo.`,
  twoPictures: (one, other) =>
    `Un clip sale de una sola imagen: di ${one} o ${other}, y luego la escena entre comillas.`,
  unquoted: (scene) => `Pon la escena entre comillas: "${scene}".`,
  notMp4: (file) => `--out ${file}: un clip es un MP4. Dale un nombre que acabe en .mp4.`,
  unknownOption: (option) => `No hay ninguna opción ${option}. Con --help ves las que hay.`,
  noValue: (option) => `${option} necesita un valor. Con --help ves cuál.`,
  noneTaken: (option) => `${option} no lleva ningún valor.`,
  unreadable: (file, why) => `No se puede leer la imagen ${file}: ${why}.`,
  outIsFolder: (file) => `--out ${file} es una carpeta: di un archivo dentro de ella.`,
  outIsPicture: (file) => `--out ${file} es la propia imagen: di otro archivo.`,
  outIsThere: (file) => `--out ${file} ya está ahí. Di otro archivo o añade --force para sustituirlo.`,
  unwritable: (folder, why) => `No se puede escribir nada en ${folder}: ${why}.`,
  clipUnwritten: (file, why) => `El clip está listo, pero no se puede escribir en ${file}: ${why}.`,
  reasons: {
    ENOENT: 'no existe ese archivo o carpeta',
    EACCES: 'no hay permiso',
    EPERM: 'no hay permiso',
    ENOSPC: 'el disco está lleno',
    EISDIR: 'es una carpeta',
    EEXIST: 'otro archivo ya se llama así',
  },
};
