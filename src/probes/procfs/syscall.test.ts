import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { descriptorOf, parseSyscall, stringAt } from './syscall.ts';
import { syscallByNumber } from './syscall-table.ts';

test('an openat that waits: number and argument registers, without stack and instruction pointer', () => {
  const text = '257 0xffffff9c 0x7f33dfc4c200 0x241 0x1a4 0x0 0x7f33dfc4bf47 0x7f33dfc4c180 0x433e80\n';
  assert.deepEqual(parseSyscall(text), {
    number: 257,
    args: [0xffffff9cn, 0x7f33dfc4c200n, 0x241n, 0x1a4n, 0n, 0x7f33dfc4bf47n],
  });
});

test('blocked outside of a system call, and running', () => {
  assert.deepEqual(parseSyscall('-1 0x0 0x0\n'), { number: -1, args: [] });
  assert.equal(parseSyscall('running\n'), null);
  assert.equal(parseSyscall(''), null);
  assert.equal(parseSyscall('257 nonsense'), null);
});

test('AT_FDCWD is the working directory however wide the register is', () => {
  assert.equal(descriptorOf(0xffffff9cn), 'cwd');
  assert.equal(descriptorOf(0xffffffffffffff9cn), 'cwd');
  assert.equal(descriptorOf(7n), 7);
});

test('a path in memory ends at its NUL', () => {
  assert.equal(stringAt(Buffer.from('/data/5\0garbage')), '/data/5');
  assert.equal(stringAt(Buffer.from('/cut')), null);
  assert.equal(stringAt(Buffer.from('\0')), null);
});

test('one number means different calls on different machines', () => {
  assert.equal(syscallByNumber('x86_64', 257)?.name, 'openat');
  assert.equal(syscallByNumber('aarch64', 56)?.name, 'openat');
  assert.deepEqual(syscallByNumber('aarch64', 56)?.shape, { directory: 0, path: 1 });
  assert.equal(syscallByNumber('x86_64', 56)?.name, 'clone');
  assert.equal(syscallByNumber('x86_64', 9999), null);
  assert.equal(syscallByNumber('riscv64', 56), null);
});

test('no number stands for two calls', () => {
  for (const machine of ['x86_64', 'aarch64']) {
    const names = Array.from({ length: 500 }, (_, n) => syscallByNumber(machine, n)?.name).filter((name) => name);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.length > 60);
  }
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string(), fc.bigInt(), (text, register) => {
      parseSyscall(text);
      descriptorOf(register);
    }),
  );
});
