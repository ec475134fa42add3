/** `README.txt` of every bundle: for a person who has the archive and not the tool. */
export const README_TEXT = `A notready case file
====================

What one examination of a Kubernetes node saw: facts with their sources and times. Everything is text.

  manifest.json        format and version, the tool, when it was examined (Unix milliseconds), checksums
  sources.jsonl        what was read, how long it took, how it went, and the command to see the same oneself
  entities.jsonl       what the facts are about: node, daemons, pods, containers, processes, threads, mounts, devices
  links.jsonl          how those relate: a thread waits on a mount, a shim supervises a container ...
  observations.jsonl   the facts: "at" (Unix milliseconds), "source" (an id in sources.jsonl),
                       "about" (ids in entities.jsonl) and "fact"

In the .jsonl files each line is one JSON object. Without notready:

  jq -c 'select(.fact.type == "thread") | .fact' observations.jsonl
  jq -c 'select(.status != "ok")' sources.jsonl
  jq -r '.files[] | "\\(.sha256)  \\(.name)"' manifest.json | sha256sum -c

With notready, which gives the diagnosis that was given on the node:

  notready diagnose --bundle FILE

Passwords, tokens and keys were replaced by [redacted] when it was written. Command lines, container and pod names,
paths and log lines are in it: look through it before you publish it.


notready 病例文件
=================

一次节点检查所看到的全部事实，附来源和时间，全部是文本。.jsonl 文件每行一个 JSON 对象，各文件的内容见上。
用 notready 可以得到与当时在节点上完全相同的诊断：

  notready diagnose --bundle FILE

密码、令牌和密钥在写入时已替换为 [redacted]。命令行、容器名、Pod 名、路径和日志行仍在其中，公开之前请先过目。
`;
