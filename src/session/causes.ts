/** A probable cause, in one sentence, and what to do next. */
export interface Cause {
  readonly likely: string;
  readonly next: string | undefined;
}

/**
 * The probable cause, read from the daemon's error and a service's last words (newest line last).
 * The first rule that matches wins, and in it the newest line: programs say what killed them at the end.
 */
export function recogniseCause(error: string, lastWords: readonly string[], service: string): Cause | undefined {
  const lines = [...(error === '' ? [] : [error]), ...lastWords.toReversed()];
  for (const rule of RULES) {
    for (const line of lines) {
      const match = rule.pattern.exec(line);
      if (match) return { likely: rule.likely(groupsOf(match)), next: rule.next?.(service, groupsOf(match)) };
    }
  }
  return undefined;
}

function groupsOf(match: RegExpExecArray): readonly string[] {
  return match.slice(1).map((group) => group ?? '');
}

interface CauseRule {
  readonly pattern: RegExp;
  likely(groups: readonly string[]): string;
  next?(service: string, groups: readonly string[]): string;
}

// Ordered: what is surest first. Wording of Node, Python, Ruby, Go, Java, glibc, musl, runc, PostgreSQL, MariaDB and Redis.
const RULES: readonly CauseRule[] = [
  {
    pattern: /exec format error/i,
    likely: () => 'the image was built for another processor architecture, or its entrypoint script has no #! line',
    next: (service) => `devctl rebuild ${service}, or set platform: for it`,
  },
  {
    pattern: /(?:exec|starting container process caused)[^"]*"([^"]+)"[^\n]*(?:executable file not found|no such file or directory)/i,
    likely: ([command]) => `the command ${command} is not in the image`,
    next: (service) => `correct command: or entrypoint: of ${service}, or devctl rebuild ${service}`,
  },
  {
    pattern: /"([^"]+)"[^\n]*: permission denied/i,
    likely: ([path]) => `${path} may not be executed (chmod +x, or the user of the container lacks the right)`,
  },
  {
    pattern: /(?:not a directory|Are you trying to mount a directory onto a file)/i,
    likely: () => 'a file and a directory are mounted onto each other: the host path of a bind is missing or of the wrong kind',
  },
  {
    pattern: /Cannot find (?:module|package) '([^']+)'/,
    likely: ([module]) =>
      isPath(module) ? `the file ${module} is not in the image` : `the package ${module} is not installed in the image`,
    next: (service) => `devctl rebuild ${service}`,
  },
  {
    pattern: /(?:ModuleNotFoundError: No module named|ImportError: No module named) '?([\w.]+)'?/,
    likely: ([module]) => `the Python module ${module} is not installed in the image`,
    next: (service) => `devctl rebuild ${service}`,
  },
  {
    pattern: /cannot load such file -- (\S+)/,
    likely: ([file]) => `the Ruby file or gem ${file} is not in the image`,
    next: (service) => `devctl rebuild ${service}`,
  },
  {
    pattern: /can't open (?:file )?'?([^\s':]+)'?: (?:\[Errno 2\] )?No such file or directory/i,
    likely: ([file]) => `the file ${file} is not in the image`,
    next: (service) => `devctl rebuild ${service}`,
  },
  {
    pattern: /(?:^|[\s:])([\w./-]+): (?:command )?not found/,
    likely: ([command]) => `the command ${command} is not in the image`,
    next: (service) => `correct command: of ${service}, or devctl rebuild ${service}`,
  },
  {
    pattern: /database "([^"]+)" does not exist|Unknown database '([^']+)'/,
    likely: ([postgres, mysql]) =>
      `the database ${postgres || mysql} does not exist on the server (its volume may be older than the setting)`,
  },
  {
    pattern: /role "([^"]+)" does not exist/,
    likely: ([role]) => `the database role ${role} does not exist (the volume may have been made with another POSTGRES_USER)`,
  },
  {
    pattern: /password authentication failed for user "([^"]+)"|Access denied for user '([^']+)'/,
    likely: ([postgres, mysql]) =>
      `the database refuses the password of ${postgres || mysql} (a volume keeps the password that it was made with)`,
  },
  {
    pattern: /NOAUTH Authentication required|WRONGPASS/,
    likely: () => 'Redis wants a password that the service does not send, or refuses the one it sends',
  },
  {
    pattern: /database files are incompatible with server|was initialized by PostgreSQL version (\S+),/i,
    likely: () => 'the data in the volume was written by another version of PostgreSQL',
  },
  {
    pattern: /Database is uninitialized and (?:superuser )?password (?:option )?is not specified|POSTGRES_PASSWORD/i,
    likely: () => 'the database image wants a password in its environment and has none',
    next: () => 'devctl env',
  },
  {
    pattern: /(?:missing|required|undefined|not set|must be set|is not defined|Invalid environment)[^\n]*?\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)\b/i,
    likely: ([name]) => `the environment variable ${name} is missing`,
    next: () => 'devctl env',
  },
  {
    pattern:
      /\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)\b[^\n]{0,40}?\b(?:is missing|is required|is not set|not set|must be set|is undefined|Required)\b/,
    likely: ([name]) => `the environment variable ${name} is missing`,
    next: () => 'devctl env',
  },
  {
    pattern: /(?:EADDRINUSE|address already in use)[^\n]*?:(\d+)/i,
    likely: ([port]) => `port ${port} is already in use inside the container: something in it listens there already`,
  },
  {
    pattern:
      /ECONNREFUSED (\S+?):(\d+)|connection to server at "([^"]+)"[^\n]*port (\d+) failed: Connection refused|dial tcp (\S+?):(\d+)[^\n]*connection refused/i,
    likely: (groups) =>
      `nothing answers at ${groups.filter((group) => group !== '').join(':')}: what it depends on does not run, or listens elsewhere`,
    next: () => 'devctl status',
  },
  {
    pattern: /(?:getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|could not translate host name|lookup|Name or service not known:?) "?([\w.-]+)"?/i,
    likely: ([host]) => `the name ${host} leads nowhere: no running service is called so on its networks`,
    next: () => 'devctl status',
  },
  {
    pattern: /read-only file ?system|EROFS/i,
    likely: () => 'it writes to a file system that is mounted read-only',
  },
  {
    pattern: /no space left on device|ENOSPC/i,
    likely: () => 'the disk is full',
  },
  {
    pattern: /(\/[\w./-]+)'?: permission denied|(?:EACCES|permission denied)(?:[^\n]*?'([^']+)'|[^\n]*?\s(\/[\w./-]+))?/i,
    likely: (groups) => {
      const path = groups.find((group) => group !== '');
      return `the user of the container has no right to ${path ?? 'a file that it needs'}`;
    },
  },
  {
    pattern: /JavaScript heap out of memory|java\.lang\.OutOfMemoryError|MemoryError/,
    likely: () => 'it ran out of memory',
  },
];

function isPath(module: string | undefined): boolean {
  return /^[./]/.test(module ?? '');
}
