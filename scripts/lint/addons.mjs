// Has addons-linter look at the release: node addons.mjs RELEASE COPY MODULES.
// It is made for Firefox, whose manifest needs two keys that Chromium's has not,
// so what it gets is a copy of the release with these two added and nothing else
// changed. Any error fails, and any text that becomes code or markup; other
// warnings are printed.
import { File } from 'node:buffer';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [release, copy, modules] = process.argv.slice(2);
rmSync(copy, { recursive: true, force: true });
cpSync(release, copy, { recursive: true });

const id = 'portico@example.org';
const manifest = JSON.parse(readFileSync(`${copy}/manifest.json`, 'utf8'));
manifest.background.scripts = [manifest.background.service_worker];
manifest.browser_specific_settings = { gecko: {
  id,
  strict_min_version: '142.0', // the first that knows all keys that are used here
  data_collection_permissions: { required: ['none'] },
} };
writeFileSync(`${copy}/manifest.json`, JSON.stringify(manifest, null, 2));

globalThis.File ??= File; // Node 18 has it, but not there; the linter wants it
const { createInstance } = createRequire(import.meta.url)(resolve(modules, 'addons-linter'));
const report = await createInstance({ runAsBinary: false, config: {
  _: [copy], logLevel: 'fatal', output: 'none', stack: true, metadata: false, boring: true,
} }).run();

for (const kind of ['errors', 'warnings', 'notices']) {
  for (const { code, message, file, line } of report[kind]) {
    console.log(`${kind.slice(0, -1)}: ${code} in ${file ?? 'the extension'}${line ? `:${line}` : ''}: ${message}`);
  }
}
const { errors, warnings } = report.summary;
const unsafe = report.warnings.filter(({ code }) => /^(DANGEROUS_EVAL|NO_IMPLIED_EVAL|UNSAFE_|NO_DOCUMENT_WRITE|REMOTE_SCRIPT)/.test(code)).length;
console.log(`addons-linter: ${errors} errors, ${warnings} warnings in ${report.metadata.totalScannedFileSize} bytes`);
// A linter that has read nothing has found no error either.
if (report.metadata.id !== id || report.metadata.totalScannedFileSize === 0) throw new Error('addons-linter did not read the extension');
process.exitCode = errors + unsafe > 0 ? 1 : 0;
