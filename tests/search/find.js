// Searches as a reader's browser does: `node find.js SCRIPT FOLDER QUERIES`, where FOLDER is a published site, and QUERIES a file with a list of
// texts in JSON. Prints what each finds: [card, [[document, score], ...]].
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL, fileURLToPath } = require('node:url');
const vm = require('node:vm');

const [script, folder, queries] = process.argv.slice(2);
const root = pathToFileURL(path.resolve(folder) + path.sep);
const link = { href: new URL('search/', root).href, dataset: { core: 'search/core.js' } };

global.window = global;
global.document = {
  querySelector: (what) => (what === 'a[data-core]' ? link : null),
  createElement: () => ({}),
  head: {
    append: (element) => {
      vm.runInThisContext(fs.readFileSync(fileURLToPath(element.src), 'utf8'), { filename: String(element.src) });
      setImmediate(element.onload);
    },
  },
};
vm.runInThisContext(fs.readFileSync(script, 'utf8'), { filename: script });

(async () => {
  const found = [];
  for (const query of JSON.parse(fs.readFileSync(queries, 'utf8'))) {
    const { card, hits } = await global.hornbook.search.find(query);
    found.push([card, hits.map(({ document, score }) => [document, score])]);
  }
  process.stdout.write(JSON.stringify(found));
})();
