/** How to reach one engine; the same for the compose CLI and the Engine API. */
export interface Endpoint {
  /** Docker context name; `default` when DOCKER_HOST or nothing was named. */
  readonly context: string;
  /** `unix:///var/run/docker.sock`, `npipe://…`, `tcp://…`, `ssh://…` */
  readonly host: string;
  /** What decided, for messages: `DOCKER_HOST`, `DOCKER_CONTEXT`, `profile`, `current context`, `default`. */
  readonly decidedBy: string;
  readonly remote: boolean;
  /** Other sockets found on this machine when the default one is not there; named when no engine answers. */
  readonly alternatives?: readonly string[];
}
