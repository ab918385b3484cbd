// `hornbook serve` on a folder of its own.
import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Serves a copy of `root`'s site, or `files` (path → text) alone, with `more` arguments. */
export async function hornbook(binary, root, files, more) {
  const folder = await mkdtemp(join(tmpdir(), 'hornbook-preview-'));
  const at = (path) => join(folder, path);
  const write = async (path, text) => {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), text);
  };
  if (files) await Promise.all(Object.entries(files).map(([path, text]) => write(path, text)));
  else for (const part of ['content', 'themes']) await cp(join(root, part), at(part), { recursive: true });
  // An editor that notes what it is asked to open.
  await write('bin/code', '#!/bin/sh\necho "$@" >> "$(dirname "$0")/opened"\n');
  await chmod(at('bin/code'), 0o755);

  let child;
  let url;
  let output = '';
  const start = async (port = 0) => {
    child = spawn(resolve(binary), ['serve', '--port', String(port), ...more], { cwd: folder, env: { ...process.env, NO_COLOR: '1', HORNBOOK_EDITOR: at('bin/code') } });
    url = await new Promise((ready, failed) => {
      const read = (chunk) => {
        output += chunk;
        const [, found] = output.slice(start.from).match(/Serving (http:\S+)[^]*\n(?:Compiled|Not compiled)/) ?? [];
        if (found) ready(found);
      };
      start.from = output.length;
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.on('exit', (code) => failed(new Error(`hornbook serve ended with ${code}:\n${output}`)));
      child.on('error', failed);
    });
  };
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => { child.once('exit', done); });
    child.kill('SIGINT');
    const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
    await ended;
    clearTimeout(timer);
  };
  await start();
  return {
    url,
    folder,
    write,
    output: () => output,
    read: (path) => readFile(at(path), 'utf8'),
    /** What the editor was asked to open. */
    opened: () => readFile(at('bin/opened'), 'utf8').catch(() => ''),
    /** Replaces text in a file, which has it. */
    async edit(path, from, to) {
      const text = await readFile(at(path), 'utf8');
      if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
      await writeFile(at(path), text.replace(from, () => to));
    },
    remove: (path) => rm(at(path), { recursive: true }),
    rename: (from, to) => rename(at(from), at(to)),
    /** Ends it, and starts another at the same port. */
    async restart() {
      await end();
      await start(new URL(url).port);
    },
    async stop() {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
