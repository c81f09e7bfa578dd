import { createServer, get, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, isIP } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { isPublicAddress, publicLookup } from '../../src/net/public-only.ts';
import { type ClipDownloadOptions, downloadClip } from '../../src/providers/http/clip-download.ts';
import { signal } from './support/paid.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function serve(listener: RequestListener) {
  const paths: string[] = [];
  const server: Server = createServer((req, res) => {
    paths.push(req.url ?? '');
    listener(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, paths };
}

function downloads(options: Partial<ClipDownloadOptions> = {}) {
  return async (url: string) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await downloadClip(url, signal(), { trustedOrigins: [], ...options })) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
}

const PRIVATE = [
  ...['127.0.0.1', '127.8.8.8', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254'],
  ...['100.64.0.1', '0.0.0.0', '192.0.0.1', '198.18.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255'],
  ...['::1', '::', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1'],
  // Of NAT64 by the IPv4 address in it, however that is written; and what only looks like one.
  ...['64:ff9b::', '64:ff9b::10.0.0.1', '64:ff9b::7f00:1', '64:ff9b::c0a8:0', '0064:ff9b:0:0:0:0:a9fe:a9fe'],
  ...['64:ff9b::1:808:808', '64:ff9b:0:0:1:0:808:808', '64:ff9b:1::808:808', '64:ff9c::808:808', '64:ff9b::808:808%lo'],
  ...['2002:a00:1::1', '2001::1', '2001:db8::1', '::7f00:1', 'not an address', ''],
];

describe('addresses', () => {
  it.each(PRIVATE)('%j is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450:4001::200e',
    '64:ff9b::808:808',
    '64:ff9b::172.32.0.1',
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('where a clip is fetched from', () => {
  it.each([...['127.0.0.1', '10.1.2.3', '169.254.169.254', '[::1]', '[::ffff:10.0.0.1]', '2130706433', '0x7f.1', '0']])(
    'never from https://%s, whatever way it is written',
    async (host) => {
      await expect(downloads()(`https://${host}/clip.mp4`)).rejects.toThrow('private address');
    },
  );

  it.each(['http://files.example/x', 'ftp://files.example/x', 'file:///etc/passwd', 'data:video/mp4;base64,AA=='])(
    'never from %s',
    async (url) => {
      await expect(downloads()(url)).rejects.toMatchObject({ name: 'DownloadFailed' });
    },
  );

  it.each([[['127.0.0.1']], [['169.254.169.254']], [['::1']], [['198.18.0.9', '64:ff9b::a00:1']], [[]]])(
    'never from a name that leads to %j',
    async (addresses) => {
      const asked: string[] = [];
      const resolve = async (name: string) => {
        asked.push(name);
        return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      };
      const fetching = downloads({ resolve })('https://rebound.example/clip.mp4');
      await expect(fetching).rejects.toThrow(/^its name leads (to \S+, which is no public address|nowhere)/);
      expect(asked).toEqual(['rebound.example']);
    },
  );

  it('never from another address than the one that was checked', async () => {
    // A name whose address changes between two questions: the one question asked is the one connected to.
    const { port, paths } = await serve((_req, res) => void res.end('inside'));
    const answers = ['192.0.2.1', '127.0.0.1'];
    const resolve = async () => [{ address: answers.shift() ?? '127.0.0.1', family: 4 }];
    await expect(downloads({ resolve })(`https://rebound.example:${port}/`)).rejects.toThrow('no public address');
    expect(paths).toEqual([]);
  });

  it('from the good addresses of a name, whatever bad ones are among them', async () => {
    const all = ['10.0.0.1', '8.8.8.8', '::1', '64:ff9b::808:808', '64:ff9b::a00:1', '198.18.0.7'];
    const lookup = publicLookup(async () => all.map((address) => ({ address, family: isIP(address) })));
    const told = await new Promise((resolve) =>
      lookup('mixed.example', { all: true }, (_error, good) => resolve(good)),
    );
    expect(told).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '64:ff9b::808:808', family: 6 },
    ]);
  });

  it('from a name whose addresses are all fine, by that address', async () => {
    const { port, paths } = await serve((_req, res) => void res.end('clip'));
    const lookup = publicLookup(
      async () => [{ address: '127.0.0.1', family: 4 }],
      () => true,
    );
    for (const autoSelectFamily of [true, false]) {
      const options = { lookup, autoSelectFamily, agent: false };
      const answer = await new Promise<AsyncIterable<Buffer>>((resolve, reject) => {
        get(`http://files.example:${port}/clip.mp4`, options, resolve).on('error', reject);
      });
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      expect(Buffer.concat(chunks).toString()).toBe('clip');
    }
    expect(paths).toHaveLength(2);
  });

  it('from an origin that the operator named, as it stands, and no other port of it', async () => {
    const { url, port } = await serve((_req, res) => void res.end('clip'));
    const open = downloads({ trustedOrigins: [url] });
    expect(await open(`${url}/clip.mp4`)).toBe('clip');
    await expect(open(`http://127.0.0.1:${port + 1}/clip.mp4`)).rejects.toMatchObject({ name: 'DownloadFailed' });
    await expect(open(`http://localhost:${port}/clip.mp4`)).rejects.toMatchObject({ name: 'DownloadFailed' });
  });
});

describe('redirects of a clip', () => {
  it('are followed within the origin', async () => {
    const { url } = await serve((req, res) => {
      if (req.url === '/moved') res.writeHead(302, { location: '/here' });
      res.end('clip');
    });
    expect(await downloads({ trustedOrigins: [url] })(`${url}/moved`)).toBe('clip');
  });

  it('are not followed to elsewhere, even where it may be fetched from', async () => {
    const other = await serve((_req, res) => void res.end('other'));
    const { url } = await serve((_req, res) => void res.writeHead(302, { location: `${other.url}/x` }).end());
    const open = downloads({ trustedOrigins: [url, other.url] });
    await expect(open(`${url}/moved`)).rejects.toThrow('elsewhere');
    expect(other.paths).toEqual([]);
  });

  it('are not followed for ever', async () => {
    const { url, paths } = await serve((_req, res) => void res.writeHead(302, { location: '/again' }).end());
    await expect(downloads({ trustedOrigins: [url] })(`${url}/again`)).rejects.toMatchObject({
      name: 'DownloadFailed',
    });
    expect(paths.length).toBeLessThan(6);
  });
});

describe('a clip that comes slowly', () => {
  it('may take its time as long as enough comes', async () => {
    const { url } = await serve(async (_req, res) => {
      for (let i = 0; i < 10; i++) {
        res.write(Buffer.alloc(2_000));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      res.end();
    });
    const timeouts = { spanMs: 50, minBytes: 1_000 };
    expect(await downloads({ trustedOrigins: [url], timeouts })(url)).toHaveLength(20_000);
  });

  it('is not held against a reader that takes its time', async () => {
    const { url } = await serve((_req, res) => void res.end(Buffer.alloc(1_000)));
    const options = { trustedOrigins: [url], timeouts: { spanMs: 20, minBytes: 500_000 } };
    let bytes = 0;
    for await (const chunk of await downloadClip(url, signal(), options)) {
      bytes += chunk.length;
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    expect(bytes).toBe(1_000);
  });

  it('ends when it is stopped in the middle', async () => {
    const { url } = await serve((_req, res) => void res.write('some'));
    const stop = new AbortController();
    const reading = (async () => {
      for await (const _ of await downloadClip(url, stop.signal, { trustedOrigins: [url] }))
        stop.abort(new Error('enough'));
    })();
    await expect(reading).rejects.toThrow('enough');
  });
});
