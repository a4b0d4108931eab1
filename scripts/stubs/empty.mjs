// Stands in for optional parts of dependencies that devctl never reaches: React's devtools, ssh2 and gRPC inside the
// Docker client (endpoints that are not plain sockets go through `docker system dial-stdio`).
export default {};
export const Client = undefined;
