// Asks uBlock Origin's engine what a list blocks. Usage: node check_filters.mjs CONSUMERS LIST URL...
// Prints 1 (blocked) or 0 a URL, comma-separated.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

const [consumers, list, ...urls] = process.argv.slice(2);
const require = createRequire(pathToFileURL(consumers + '/package.json'));
const {StaticNetFilteringEngine} = await import(pathToFileURL(require.resolve('@gorhill/ubo-core')));
const engine = await StaticNetFilteringEngine.create();
await engine.useLists([{name: 'list', raw: readFileSync(list, 'utf8')}]);
const answer = (url) =>
  engine.matchRequest({originURL: 'https://origin.example/', url, type: 'main_frame'}) === 1 ? 1 : 0;
console.log(urls.map(answer).join(','));
