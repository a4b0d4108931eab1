// `node scripts/screenshot.ts [NAME…]`: pictures of the terminal UI on real stacks, as docs/screenshots/NAME.svg. Without names: all.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPty, type PtyScreen } from './screen/pty-screen.ts';
import { formatSvg } from './screen/svg.ts';

interface Shot {
  readonly title: string;
  /** `shop` is the sample stack, `orders` one whose worker cannot start. */
  readonly stack: 'shop' | 'orders';
  readonly columns: number;
  readonly rows: number;
  /** From the first frame to what the picture shows; waits for texts, never for time. */
  readonly play: (screen: PtyScreen) => Promise<void>;
}

const ESC = '\u001b';
const root = fileURLToPath(new URL('..', import.meta.url));
const home = realpathSync(mkdtempSync(join(tmpdir(), 'devctl-screenshot-')));
const env = {
  PATH: process.env.PATH ?? '',
  HOME: home,
  LANG: 'C.UTF-8',
  ...(process.env.DOCKER_HOST ? { DOCKER_HOST: process.env.DOCKER_HOST } : {}),
};
const devctl = process.env.DEVCTL ?? join(root, 'bin/devctl');
const directories = { shop: join(root, 'examples/shop'), orders: join(home, 'orders') };

const SHOTS: Readonly<Record<string, Shot>> = {
  stack: { title: 'devctl on a healthy stack', stack: 'shop', columns: 120, rows: 30, play: showLogs },
  'stack-80x24': { title: 'devctl in 80 columns', stack: 'shop', columns: 80, rows: 24, play: showHealthy },
  gate: { title: 'devctl asks before it deletes two volumes', stack: 'shop', columns: 120, rows: 30, play: showGate },
  failing: { title: 'devctl explains a service that cannot start', stack: 'orders', columns: 120, rows: 30, play: showFailing },
};

// A stack whose worker starts a file that is not in its image.
const ORDERS = `services:
  postgres:
    image: postgres:17-alpine
    environment: {POSTGRES_PASSWORD: orders}
    tmpfs: [/var/lib/postgresql/data]
    healthcheck: {test: [CMD, pg_isready, -h, 127.0.0.1, -U, postgres], interval: 10s, start_period: 60s, start_interval: 1s}
  api:
    image: devctl/http-app
    depends_on: {postgres: {condition: service_healthy}}
    healthcheck: {test: [CMD, wget, -q, -O, /dev/null, "http://127.0.0.1:3000/health"], interval: 10s, start_period: 60s, start_interval: 1s}
  worker:
    image: node:22-alpine
    command: node dist/workers/index.js
    restart: unless-stopped
    depends_on: {postgres: {condition: service_healthy}}
    healthcheck: {test: [CMD, "true"], interval: 1h}
  web:
    image: nginx:alpine
    depends_on: {api: {condition: service_healthy}, worker: {condition: service_healthy}}
`;

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(SHOTS);
try {
  for (const stack of new Set(wanted.map((name) => shotOf(name).stack))) startStack(stack);
  for (const name of wanted) await take(name, shotOf(name));
} finally {
  if (wanted.some((name) => SHOTS[name]?.stack === 'orders')) docker('compose', '--project-name', 'orders', 'down', '--timeout', '1');
  rmSync(home, { recursive: true, force: true });
}

async function take(name: string, shot: Shot): Promise<void> {
  const { columns, rows } = shot;
  const screen = openPty({
    file: process.execPath,
    args: [devctl],
    cwd: directories[shot.stack],
    env: { ...env, TERM: 'xterm-256color' },
    columns,
    rows,
  });
  try {
    await shot.play(screen);
    const file = join(root, 'docs/screenshots', `${name}.svg`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, formatSvg(screen.emulator, shot.title));
    console.log(file);
  } finally {
    await screen.end();
  }
}

/** All services healthy, with what they use and the probes; the log of one that works. */
async function showHealthy(screen: PtyScreen): Promise<void> {
  await see(screen, /5\/5 healthy/);
  for (const selected of ['redis', 'api', 'worker']) {
    screen.press(`${ESC}[B`);
    await see(screen, new RegExp(`▸ ${selected}`));
  }
  await see(screen, /web +\S healthy +\d.*%/);
  await see(screen, /db +\S healthy +\d+ ms +\S\S/);
}

/** The same, with the worker's log. */
async function showLogs(screen: PtyScreen): Promise<void> {
  await showHealthy(screen);
  screen.press('l');
  await see(screen, /following/);
  await see(screen, /worker · Logs.*order.*order.*order/s);
}

/** The deletion of both volumes, with the phrase half typed. Esc keeps everything. */
async function showGate(screen: PtyScreen): Promise<void> {
  await see(screen, /5\/5 healthy/);
  screen.press('D');
  await see(screen, /delete volumes/);
  screen.press(`${ESC}[B`);
  screen.press('\r');
  await see(screen, /Delete 2 volumes of shop \(dev\)/);
  for (const typed of ['s', 'sh', 'sho', 'shop']) await typeUntil(screen, typed.at(-1) ?? '', new RegExp(`Type shop:dev: +${typed}`));
}

/** A dialog hears no keys until it is armed, and no bursts: one key at a time, and again when it was not heard. */
async function typeUntil(screen: PtyScreen, key: string, shown: RegExp): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    screen.press(key);
    const wasHeard = await see(screen, shown, 500).then(
      () => true,
      () => false,
    );
    if (wasHeard) return;
  }
  await see(screen, shown);
}

/** The worker that keeps exiting is selected by itself. */
async function showFailing(screen: PtyScreen): Promise<void> {
  await see(screen, /worker · Health/);
  await see(screen, /Cannot find module/);
  await see(screen, /waits for worker/);
  await see(screen, /✖ exited 1,/);
}

function see(screen: PtyScreen, text: RegExp, timeoutMs = 30_000): Promise<number> {
  return screen.until((rows) => text.test(rows.join('\n')), String(text), timeoutMs);
}

function shotOf(name: string): Shot {
  const shot = SHOTS[name];
  if (!shot) throw new Error(`There is no picture "${name}". There are: ${Object.keys(SHOTS).join(', ')}`);
  return shot;
}

function startStack(stack: Shot['stack']): void {
  if (stack === 'orders') {
    mkdirSync(directories.orders);
    writeFileSync(join(directories.orders, 'compose.yaml'), ORDERS);
    // It cannot come up: that is what the picture is about.
    docker('compose', '--project-name', 'orders', 'up', '--detach');
    return;
  }
  const { status, stderr } = spawnSync(process.execPath, [devctl, 'up', '--wait'], { cwd: directories[stack], env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`devctl up: ${stderr}`);
}

function docker(...args: string[]): void {
  spawnSync('docker', args, { cwd: directories.orders, env });
}
