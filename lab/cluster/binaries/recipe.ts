import { createHash } from 'node:crypto';
import { BUILT } from './set.ts';
import { SOURCE } from './source.ts';

/** Where the tree lies in a GOPATH. Kubernetes before 1.27 is built in one, without modules. */
export const IMPORT_PATH = 'k8s.io/kubernetes';

/**
 * - `providerless` leaves the clouds' SDKs out (KEP-1179), which no lab can reach: a third of what is to be compiled.
 * - No debugging information: neither made (`-dwarf=false`) nor linked (`-s -w`, as Kubernetes itself does).
 */
const FLAGS = ['-trimpath', '-tags=providerless', '-gcflags=all=-dwarf=false'] as const;

/** Sets what `kubectl version` and `kubelet --version` say, as hack/lib/version.sh @ v1.20.2 does. */
function stamps(): string[] {
  const values = {
    gitVersion: SOURCE.version,
    gitCommit: SOURCE.commit,
    gitTreeState: 'clean',
    gitMajor: '1',
    gitMinor: '20',
    buildDate: '1970-01-01T00:00:00Z',
  };
  const packages = ['client-go/pkg/version', 'component-base/version'];
  return packages.flatMap((name) =>
    Object.entries(values).flatMap(([key, value]) => ['-X', `${IMPORT_PATH}/vendor/k8s.io/${name}.${key}=${value}`]),
  );
}

/** One invocation for all programs: what they share is compiled once. `-v` names each package as it is compiled. */
export function buildPrograms(go: string, out: string): readonly [string, ...string[]] {
  const linker = `-ldflags=${['-s', '-w', ...stamps()].join(' ')}`;
  return [go, 'build', '-v', ...FLAGS, linker, '-o', out, ...BUILT.map((name) => `./cmd/${name}`)];
}

/** Packages that {@link buildPrograms} compiles with Go 1.19, Go's own included: for telling how far it is. */
export const ABOUT_PACKAGES = 2130;

/** All other generated code of v1.20.2 is in the source; this one file (build/root/Makefile.generated_files) is not. */
export function buildGenerator(go: string, out: string): readonly [string, ...string[]] {
  return [go, 'build', '-v', ...FLAGS, '-o', out, './vendor/k8s.io/kube-openapi/cmd/openapi-gen'];
}

/** Files whose packages have an OpenAPI definition generated. Run in the tree. */
export const FIND_OPENAPI = [
  'grep',
  '-rlE',
  '--include=*.go',
  '--exclude-dir=code-generator',
  '--exclude-dir=sample-apiserver',
  '^// *\\+k8s:openapi-gen=',
  'cmd',
  'pkg',
  'plugin',
  'staging/src/k8s.io',
] as const;

/** Packages of the files that {@link FIND_OPENAPI} printed. Staged modules are known by their place in `vendor`. */
export function packagesOf(files: string): string[] {
  const folders = files
    .split('\n')
    .filter((file) => file.includes('/'))
    .map((file) => file.replace(/\/[^/]*$/, '').replace(/^staging\/src\//, 'vendor/'));
  return [...new Set(folders)].sort().map((folder) => `${IMPORT_PATH}/${folder}`);
}

export function generateOpenapi(generator: string, packages: readonly string[]): readonly [string, ...string[]] {
  const output = ['-p', `${IMPORT_PATH}/pkg/generated/openapi`, '-O', 'zz_generated.openapi'];
  const header = ['-h', 'vendor/k8s.io/code-generator/hack/boilerplate.go.txt'];
  // The report is for the authors of the API.
  return [generator, '--logtostderr', '-i', packages.join(','), ...output, ...header, '-r', '/dev/null'];
}

/** Go's settings: all of them ours, so that none of the user's changes what is built or where. */
export function goEnvironment(goroot: string, folder: string): Record<string, string> {
  return {
    GOROOT: goroot,
    GOPATH: `${folder}/gopath`,
    GOCACHE: `${folder}/go-cache`,
    GOTMPDIR: `${folder}/tmp`,
    TMPDIR: `${folder}/tmp`,
    GO111MODULE: 'off',
    GOENV: 'off',
    GOPROXY: 'off',
    GOTOOLCHAIN: 'local',
    GOFLAGS: '',
    GOOS: '',
    GOARCH: '',
    GOEXPERIMENT: '',
    CGO_ENABLED: '0',
    // The compilers are short-lived: collecting less garbage costs little memory and saves time.
    GOGC: '400',
  };
}

/** Names what is built by all that decides what comes of it. */
export function keyOf(goVersion: string): string {
  const recipe = [SOURCE, buildPrograms('go', ''), buildGenerator('go', ''), FIND_OPENAPI, generateOpenapi('', [])];
  const all = JSON.stringify([recipe, goEnvironment('', ''), goVersion, process.arch]);
  return createHash('sha256').update(all).digest('hex').slice(0, 16);
}
