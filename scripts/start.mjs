// `npm start`: sets up what is missing and opens devctl on the sample stack.
import { ensureEngine, install, mustRun, root, run } from './prepare.mjs';

const yes = process.argv.includes('--yes') ? ['--yes'] : [];
const devctl = `${root}bin/devctl`;
const shop = ['-C', `${root}examples/shop`];

install();
if (ensureEngine(yes) !== 0) console.error('No Docker Engine: devctl starts all the same and says what to do.');
else mustRun(devctl, [...shop, 'up', '--wait']);
// Without a terminal devctl prints the status and ends.
process.exit(run(devctl, shop));
