// Has addons-linter look at the package for Firefox: node addons.mjs PACKAGE MODULES.
// Any error fails, and so does any warning; notices are printed.
import { File } from 'node:buffer';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [release, modules] = process.argv.slice(2);
globalThis.File ??= File; // Node 18 has it, but not there; the linter wants it
const { createInstance } = createRequire(import.meta.url)(resolve(modules, 'addons-linter'));
const report = await createInstance({ runAsBinary: false, config: {
  _: [release], logLevel: 'fatal', output: 'none', stack: true, metadata: false, boring: true,
} }).run();

for (const kind of ['errors', 'warnings', 'notices']) {
  for (const { code, message, file, line } of report[kind]) {
    console.log(`${kind.slice(0, -1)}: ${code} in ${file ?? 'the extension'}${line ? `:${line}` : ''}: ${message}`);
  }
}
const { errors, warnings } = report.summary;
console.log(`addons-linter: ${errors} errors, ${warnings} warnings in ${report.metadata.totalScannedFileSize} bytes`);
// A linter that has read nothing has found no error either.
if (!report.metadata.id || report.metadata.totalScannedFileSize === 0) throw new Error('addons-linter did not read the extension');
process.exitCode = errors + warnings > 0 ? 1 : 0;
