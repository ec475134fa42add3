import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

// A shell script, for it runs several times per container and a Node would take longer to start than the container.
const SCRIPT = `#!/bin/sh
# Without CAP_SYS_RESOURCE no process may get a negative oom_score_adj, and runc fails pod sandboxes, which ask for -998.
bundle=
create=
previous=
for argument; do
  [ "$previous" = --bundle ] && bundle=$argument
  [ "$argument" = create ] && create=yes
  previous=$argument
done
if [ -n "$create" ] && [ -f "$bundle/config.json" ]; then
  sed -i 's/"oomScoreAdj": *-[0-9]*/"oomScoreAdj":0/' "$bundle/config.json"
fi
exec runc "$@"
`;

/** Writes an OCI runtime that is runc but for a negative oomScoreAdj, which it drops. @returns its path */
export function writeOciWrapper(folder: string): string {
  const path = join(folder, 'lab-runc');
  writeFileSync(path, SCRIPT, { mode: 0o755 });
  return path;
}
