import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { redact, redactArguments } from './redact.ts';

const SECRETS: readonly (readonly [text: string, redacted: string])[] = [
  ['Authorization: Bearer abc123DEF456ghi', 'Authorization: Bearer [redacted]'],
  ['{"authorization":"Basic dXNlcjpwYXNz"}', '{"authorization":"Basic [redacted]"}'],
  ['pull https://bob:hunter2@registry.example.org/x', 'pull https://bob:[redacted]@registry.example.org/x'],
  ['git clone https://ghs0123456789abcdefXY@github.com/a', 'git clone https://[redacted]@github.com/a'],
  ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl end', '[redacted] end'],
  ['key AKIAIOSFODNN7EXAMPLE used', 'key [redacted] used'],
  ['mysqld --password hunter2 --port 3306', 'mysqld --password [redacted] --port 3306'],
  ['mysqld --password=hunter2 --port=3306', 'mysqld --password=[redacted] --port=3306'],
  ['DB_PASSWORD=hunter2 DB_HOST=db', 'DB_PASSWORD=[redacted] DB_HOST=db'],
  ['AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG', 'AWS_SECRET_ACCESS_KEY=[redacted]'],
  ['ENCRYPTION_KEY=0123abcd PATH=/bin', 'ENCRYPTION_KEY=[redacted] PATH=/bin'],
  ['kubeadm join --token abcdef.0123456789abcdef 10.0.0.1', 'kubeadm join --token [redacted] 10.0.0.1'],
  ['{"apiKey": "s3cr3t value", "user": "bob"}', '{"apiKey": "[redacted]", "user": "bob"}'],
  ['{\\"password\\":\\"hunter2\\",\\"a\\":1}', '{\\"password\\":\\"[redacted]\\",\\"a\\":1}'],
  ['ceph name=admin,secret=AQBs2xJa==,mon=a', 'ceph name=admin,secret=[redacted],mon=a'],
  ['password: hunter2', 'password: [redacted]'],
  ['env: DB_PASSWORD=hunter2', 'env: DB_PASSWORD=[redacted]'],
  ['mount:host:0:1:/mnt/token=aaa111', 'mount:host:0:1:/mnt/token=[redacted]'],
  ['token: 8f2ab19c77', 'token: [redacted]'],
  ['curl -u bob:hunter2 http://x', 'curl -u bob:[redacted] http://x'],
  ['a -----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY----- b', 'a [redacted] b'],
  ['DB_PASSWORD=a,b;c&d[e]f)g X=y', 'DB_PASSWORD=[redacted] X=y'],
  [String.raw`A=1\x00SSH_KEY=abc\x00B=2`, String.raw`A=1\x00SSH_KEY=[redacted]\x00B=2`],
  [String.raw`PASSWORD=\x1b[31mhunter2`, 'PASSWORD=[redacted]'],
  ['DBPASS=hunter2 BYPASS=1', 'DBPASS=[redacted] BYPASS=1'],
  [String.raw`{"password":"a\"b'c\\","user":"bob"}`, '{"password":"[redacted]","user":"bob"}'],
  [
    String.raw`{\\\"password\\\":\\\"a b\\\",\\\"n\\\":1}`,
    String.raw`{\\\"password\\\":\\\"[redacted]\\\",\\\"n\\\":1}`,
  ],
  [`PASSWORD='a "b' X=y`, `PASSWORD='[redacted]' X=y`],
  ['password => hunter2', 'password => [redacted]'],
  ['{"name":"DB_PASSWORD","value":"hunter2"}', '{"name":"DB_PASSWORD","value":"[redacted]"}'],
  ['- name: DB_PASSWORD\n  value: hunter2', '- name: DB_PASSWORD\n  value: [redacted]'],
  [
    'Env:[]EnvVar{EnvVar{Name:DB_PASSWORD,Value:a, b},ValueFrom:nil,},EnvVar{Name:PORT,Value:80,ValueFrom:nil,},}',
    'Env:[]EnvVar{EnvVar{Name:DB_PASSWORD,Value:[redacted],ValueFrom:nil,},EnvVar{Name:PORT,Value:80,ValueFrom:nil,},}',
  ],
  ['Env:[{Name:API_TOKEN Value:x y ValueFrom:nil}]', 'Env:[{Name:API_TOKEN Value:[redacted] ValueFrom:nil}]'],
  ['map[DB_PASSWORD:hunter2 PORT:80]', 'map[DB_PASSWORD:[redacted] PORT:80]'],
  ['client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVk=', 'client-key-data: [redacted]'],
  ['tls.key LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtFWS0= end', 'tls.key [redacted] end'],
  ['{"auths":{"r":{"auth":"Ym9iOnB3"}}}', '{"auths":{"r":{"auth":"[redacted]"}}}'],
  ['postgres://u:p@ss@db:5432/x', 'postgres://u:[redacted]@db:5432/x'],
  ['redis://:hunter2@h:6379/0', 'redis://:[redacted]@h:6379/0'],
  ['root:hunter2@tcp(db:3306)/x', 'root:[redacted]@tcp(db:3306)/x'],
  ['--proxy bob:hunter2@proxy:3128', '--proxy bob:[redacted]@proxy:3128'],
  ['jdbc:mysql://h/db?user=x&password=hunter2&a=b', 'jdbc:mysql://h/db?user=x&password=[redacted]&a=b'],
  ['https://x.blob/c?sv=1&sig=aB%3D&se=2', 'https://x.blob/c?sv=1&sig=[redacted]&se=2'],
  ['AccountName=x;AccountKey=abc==;Suffix=y', 'AccountName=x;AccountKey=[redacted];Suffix=y'],
  ['Authorization: token abcd', 'Authorization: token [redacted]'],
  ['Cookie: session=abc; x=y', 'Cookie: [redacted]'],
  ['sshpass -p hunter2 ssh node', 'sshpass -p [redacted] ssh node'],
  ['mysqldump -u root -phunter2 db', 'mysqldump -u root -p[redacted] db'],
  ['redis-cli -h x -a hunter2 ping', 'redis-cli -h x -a [redacted] ping'],
  ['docker login -u bob -p hunter2 r', 'docker login -u bob -p [redacted] r'],
  [`curl -u 'bob:a b' x`, `curl -u 'bob:[redacted]' x`],
  ['login with password hunter2 failed', 'login with password [redacted] failed'],
  ['using token abcdef.0123456789abcdef now', 'using token [redacted] now'],
  [`hvs.${'CAES'.repeat(8)} npm_${'a1B2'.repeat(9)}`, '[redacted] [redacted]'],
  [`K10${'ab12'.repeat(16)}::server:abc`, '[redacted]'],
  ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNza (cut here)', '[redacted]'],
];

for (const [text, redacted] of SECRETS) {
  test(`takes the secret out of: ${text.split('\n')[0]}`, () => {
    assert.equal(redact(text), redacted);
  });
}

/** Real lines that a diagnosis lives on: kernel, runtimes and kubelet as they print them. */
const EVIDENCE: readonly string[] = [
  '[<0>] percpu_rwsem_wait+0x118/0x140\n[<0>] __percpu_down_read+0x4b/0x60\n[<0>] mnt_want_write+0x66/0x90',
  '[<0>] request_key_and_link+0x2d0/0x4a0\n[<0>] rpcauth_lookupcred+0x9a/0xd0\n[<0>] key_wait_bit+0x1/0x2',
  'docker-pullable://nginx@sha256:6f8e3d0b2f3a4e1c9b7d5a6f8e3d0b2f3a4e1c9b7d5a6f8e3d0b2f3a4e1c9b7d',
  '0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1f0c2b7e_3d.slice/cri-containerd-8ca961fa0d0b4e2f9d6c.scope',
  'registry.example.org:5000/auth-service:v1.2.3-4f2a9c1',
  'registry.example.org/token-operator:2.0.1-abcdef0',
  '/var/lib/kubelet/pods/5d1f0c2b/volumes/kubernetes.io~secret/default-token-x7k2p',
  'mount:container:0:55:/run/secrets/kubernetes.io/serviceaccount',
  'tmpfs /run/secrets/kubernetes.io/serviceaccount tmpfs rw,relatime,size=4028440k 0 0',
  'kubelet --authentication-token-webhook=true --authorization-mode=Webhook --anonymous-auth=false',
  'kubelet --tls-private-key-file=/var/lib/kubelet/pki/kubelet.key --authentication-token-webhook-cache-ttl=2m0s',
  'kube-apiserver --token-auth-file=/etc/kubernetes/tokens.csv --service-account-key-file /etc/kubernetes/sa.pub',
  'failed to get token: context deadline exceeded',
  'Error response from daemon: pull access denied for x, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  'no basic auth credentials: basic authentication required',
  'MountVolume.SetUp failed for volume "default-token-x7k2p" : secret "default-token-x7k2p" not found',
  'PLEG is not healthy: pleg was last seen active 3m7.8s ago; threshold is 3m0s',
  'dial unix:///run/containerd/containerd.sock: connect: connection refused',
  'docker run --user 1000:1000 --network none bb:1',
  'registry.example.org:5000/nginx:1.25@sha256:6f8e3d0b2f3a4e1c9b7d5a6f8e3d0b2f3a4e1c9b7d5a6f8e3d0b2f3a4e1c9b7d',
  'nginx:1.25@sha256:6f8e3d0b2f3a4e1c9b7d5a6f8e3d0b2f3a4e1c9b7d5a6f8e3d0b2f3a4e1c9b7d',
  'audit: type=1701 audit(1700000000.000:5): pid=7 comm="runc" exe="/usr/bin/runc" sig=11 res=1',
  'TCP: request_sock_TCP: Possible SYN flooding on port 443. Sending cookies.',
  'open /etc/passwd: permission denied',
  'ip-10.0.0.1:3260-iscsi-iqn.2001-04.com.example:storage-lun-1',
  '10.0.0.1:6789,10.0.0.2:6789:/ /mnt/ceph ceph rw,relatime,name=admin,acl 0 0',
  'Env:[]EnvVar{EnvVar{Name:PORT,Value:8080,ValueFrom:nil,},EnvVar{Name:TOKEN_FILE,Value:/etc/t,ValueFrom:nil,},}',
  'certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t',
  'mysqld --port=3306 --pid-file=/run/x.pid',
  'k8s_token-service_web-0_default_5d1f0c2b-3d4e-4f5a-8b6c-7d8e9f0a1b2c_0',
  '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----',
];

for (const line of EVIDENCE) {
  test(`leaves alone: ${line.split('\n')[0]?.slice(0, 90)}`, () => {
    assert.equal(redact(line), line);
  });
}

const COMMAND_LINES: readonly (readonly [args: string[], redacted: string[]])[] = [
  [
    ['curl', '-u', 'bob:hunter2', 'x'],
    ['curl', '-u', 'bob:[redacted]', 'x'],
  ],
  [
    ['docker', 'run', '-u', '1000:1000', 'x'],
    ['docker', 'run', '-u', '1000:1000', 'x'],
  ],
  [
    ['/usr/bin/sshpass', '-p', 'hunter2', 'ssh', 'n'],
    ['/usr/bin/sshpass', '-p', '[redacted]', 'ssh', 'n'],
  ],
  [
    ['mysql', '-u', 'root', '-phunter2'],
    ['mysql', '-u', 'root', '-p[redacted]'],
  ],
  [
    ['docker', 'login', '-p', 'hunter2'],
    ['docker', 'login', '-p', '[redacted]'],
  ],
  [
    ['x', '--password', 'two words'],
    ['x', '--password', '[redacted]'],
  ],
  [
    ['helm', 'install', '--set', 'db.password=hunter2'],
    ['helm', 'install', '--set', 'db.password=[redacted]'],
  ],
  [
    ['kubelet', '--pod-infra-container-image', 'r:5000/pause:3.9'],
    ['kubelet', '--pod-infra-container-image', 'r:5000/pause:3.9'],
  ],
];

for (const [args, redacted] of COMMAND_LINES) {
  test(`of the arguments ${args.join(' ')}`, () => {
    assert.deepEqual(redactArguments(args), redacted);
  });
}

test('a secret that is an argument of its own goes by the flag before it', () => {
  assert.deepEqual(redactArguments(['x', '--token', 'abc', '--port', '80', '--password', '--verbose']), [
    'x',
    '--token',
    '[redacted]',
    '--port',
    '80',
    '--password',
    '--verbose',
  ]);
  assert.deepEqual(redactArguments(['--token-auth-file', '/etc/x']), ['--token-auth-file', '/etc/x']);
});

const FRAGMENTS = [
  ...SECRETS.map(([text]) => text),
  ...EVIDENCE,
  'token',
  'password',
  '=',
  ': ',
  '"',
  '\\"',
  ' ',
  '-',
  '--',
  '.',
  'eyJ',
  'Bearer ',
  '://',
  '@',
  ':',
  '[',
  ']',
  'a1',
  'name:',
  ',value:',
  'cookie: ',
  'mysql -p',
  '-u a:',
  "'",
  'password ',
  'abcdef.0123456789abcdef',
];

test('what is redacted stays so: a second pass changes nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 12 }), (parts) => {
      const once = redact(parts.join(''));
      assert.equal(redact(once), once);
    }),
    { numRuns: 500 },
  );
});

// Steps of a regular expression cannot be counted, so the inputs are long enough that a quadratic pattern takes minutes
// and the runner's time limit ends it; a linear one takes some milliseconds each.
test('a long hostile text takes no longer than its length', { timeout: 60_000 }, () => {
  const units = [
    'a-',
    '-',
    'token',
    'token-',
    'a.',
    'eyJ',
    '-eyJaaaaaaaa',
    'x://',
    'Bearer ',
    '--a ',
    ' ',
    '=',
    ':',
    '"',
  ];
  const blocks = [
    '-----BEGIN ',
    '-----BEGIN PRIVATE KEY-----',
    'password="',
    'a://b:',
    '-u a',
    'basic aaaaaaaa',
    'gh',
    'A',
    'name:TOKEN,value:',
    'mysql ',
    'docker login ',
    'cookie:a=',
    'authorization=',
    'a:b@',
    'a://b:c@',
    String.raw`password=\"`,
    'LS0tLS1CRUdJTiB',
    'password ',
    'abcdef.',
    '-u a:"',
  ];
  for (const unit of [...units, ...blocks]) {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
    assert.equal(typeof redact(text), 'string');
  }
});
