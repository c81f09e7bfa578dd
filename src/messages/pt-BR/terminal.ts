import type { Messages } from '../en/index.ts';

export const terminal: Messages['terminal'] = {
  usage: `Uso: npm run animate -- IMAGEM ["CENA"] [opções]

Sem cena, a imagem se mexe sozinha, se o serviço faz clipes assim.

  --motion 1-10            quanto se mexe (senão, 5)
  --seed N                 a mesma semente dá o mesmo clipe; sem ela, cada vez sai outro
  --duration 5|10          segundos (senão, 5)
  --fit crop|pad|strict    como a imagem é ajustada a 16:9 ou 9:16
  --takes 1-4              quantos clipes de uma vez, cada um com a próxima semente (senão, 1)
  --out ARQUIVO.mp4        para onde vai o clipe (senão, aqui mesmo, com o nome da imagem);
                           várias tomadas vão para ARQUIVO-1.mp4, ARQUIVO-2.mp4 e assim por diante
  --force                  um arquivo que já existe é substituído

Exemplo: npm run animate -- foto.jpg "ondas chegando, zoom lento" --motion 7`,
  noPicture:
    'Diga uma imagem e, se ela não deve se mexer sozinha, o que deve acontecer nela: npm run animate -- foto.jpg "ondas chegando"',
  emptyScene: 'A cena está vazia. Diga o que deve acontecer na imagem ou deixe a cena de fora.',
  address: (picture) => `${picture} é um endereço, e só arquivos são aceitos. Salve a imagem e informe esse arquivo.`,
  twoPictures: (one, other) => `Um clipe sai de uma só imagem: diga ${one} ou ${other}, depois a cena entre aspas.`,
  unquoted: (scene) => `Ponha a cena entre aspas: "${scene}".`,
  notMp4: (file) => `--out ${file}: um clipe é um MP4. Dê a ele um nome que termine em .mp4.`,
  unknownOption: (option) => `A opção ${option} não existe. Com --help você vê todas.`,
  noValue: (option) => `${option} precisa de um valor. Com --help você vê qual.`,
  noneTaken: (option) => `${option} não leva valor.`,
  unreadable: (file, why) => `Não dá para ler a imagem ${file}: ${why}.`,
  outIsFolder: (file) => `--out ${file} é uma pasta: diga um arquivo dentro dela.`,
  outIsPicture: (file) => `--out ${file} é a própria imagem: diga outro arquivo.`,
  outIsThere: (file) => `--out ${file} já existe. Diga outro arquivo ou use --force para substituir.`,
  unwritable: (folder, why) => `Não dá para escrever nada em ${folder}: ${why}.`,
  clipUnwritten: (file, why) => `O clipe está pronto, mas não dá para gravar em ${file}: ${why}.`,
  reasons: {
    ENOENT: 'esse arquivo ou pasta não existe',
    EACCES: 'sem permissão',
    EPERM: 'sem permissão',
    ENOSPC: 'o disco está cheio',
    EISDIR: 'é uma pasta',
    EEXIST: 'outro arquivo já tem esse nome',
  },
};
