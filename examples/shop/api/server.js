// The shop's API without dependencies: health with the state of its database and cache, a visit counter in Redis.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';

const { PORT = '3000', APP_VERSION = 'unknown', LOG_EVERY = '2', POSTGRES_HOST = 'postgres', REDIS_HOST = 'redis' } = process.env;
const redisPassword = readFileSync('/run/secrets/redis_password', 'utf8').trim();

function log(level, msg, fields) {
  console.log(JSON.stringify({ time: new Date().toISOString(), level, msg, ...fields }));
}

/** Sends `text` and resolves with the last line of the answer; with no text it resolves once connected. */
function ask(host, port, text) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port, timeout: 1000 }, () => (text ? socket.end(text) : finish('')));
    let answer = '';
    const finish = (value) => {
      socket.destroy();
      resolve(value);
    };
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('end', () => finish(answer.trim().split('\r\n').at(-1)));
    socket.on('timeout', () => socket.destroy(new Error(`${host}:${port} timed out`)));
    socket.on('error', reject);
  });
}

async function check(host, port) {
  const started = performance.now();
  try {
    await ask(host, port);
    return { status: 'ok', latency: Math.round(performance.now() - started) };
  } catch (error) {
    return { status: 'error', error: error.message };
  }
}

async function health() {
  const checks = { database: await check(POSTGRES_HOST, 5432), cache: await check(REDIS_HOST, 6379) };
  const down = checks.database.status === 'error';
  const status = down ? 'unhealthy' : checks.cache.status === 'error' ? 'degraded' : 'healthy';
  return { code: down ? 503 : 200, body: { status, timestamp: new Date().toISOString(), version: APP_VERSION, checks } };
}

async function countVisit() {
  const answer = await ask(REDIS_HOST, 6379, `AUTH ${redisPassword}\r\nINCR visits\r\n`);
  return { code: 200, body: { visits: Number(answer.replace(':', '')) } };
}

async function route(url) {
  if (url === '/api/health' || url === '/healthz' || url === '/health') return health();
  if (url === '/api/visits') return countVisit();
  return { code: 404, body: { error: 'not found' } };
}

const server = http.createServer(async (request, response) => {
  const started = performance.now();
  const { code, body } = await route(request.url).catch((error) => ({ code: 500, body: { error: error.message } }));
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
  const ms = Math.round(performance.now() - started);
  if (request.url !== '/healthz') log(code < 500 ? 'info' : 'error', 'request', { method: request.method, path: request.url, status: code, ms });
});

server.listen(Number(PORT), '0.0.0.0', () => log('info', 'listening', { port: Number(PORT), version: APP_VERSION }));

setInterval(async () => {
  const { body } = await health();
  log(body.status === 'healthy' ? 'info' : 'warn', 'heartbeat', { status: body.status, rss: process.memoryUsage().rss });
}, Number(LOG_EVERY) * 1000).unref();

process.on('SIGTERM', () => {
  log('info', 'shutting down');
  server.close(() => process.exit(0));
});
