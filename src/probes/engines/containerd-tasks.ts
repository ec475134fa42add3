import { entityId } from '../../evidence/entity.ts';
import type { SourceRecorder } from '../../evidence/recorder.ts';
import { type ContainerdClient, taskStatusName } from '../../runtimes/containerd.ts';
import type { Process } from '../../runtimes/gen/containerd-tasks_pb.ts';
import { shellWord } from '../../text/shell.ts';
import { observeGap } from '../gaps.ts';
import { type EngineSession, type Question, sourceEndOf } from './engine-session.ts';

/**
 * Writes down the tasks of a namespace. The list asks one shim after the other, 2 s for one that does not answer, so a
 * few stopped shims make it time out; then each container of the namespace is asked by itself.
 */
export async function noteTasks(session: EngineSession, client: ContainerdClient, namespace: string): Promise<void> {
  const question = ask(session, namespace, 'tasks', 'Tasks.List', 'tasks ls');
  const source = session.source(question);
  const list = await client.tasks(namespace, session.limits());
  session.observeCall(source, 'tasks', list);
  if (list.outcome === 'ok') for (const task of list.value.tasks) noteTask(session, source, namespace, task);
  source.end(sourceEndOf(list));
  if (list.outcome === 'timeout') await noteEachTask(session, client, namespace);
}

async function noteEachTask(session: EngineSession, client: ContainerdClient, namespace: string): Promise<void> {
  const listing = ask(session, namespace, 'list', 'Containers.List', 'containers ls');
  const list = await session.ask(listing, (limits) => client.containers(namespace, limits));
  if (list.outcome !== 'ok') return;
  const source = session.source(ask(session, namespace, 'status', 'Tasks.Get of each', 'tasks ls'));
  const unasked = await session.each(list.value.containers, async ({ id }) => {
    const result = await client.task(namespace, id, session.limits());
    const process = result.outcome === 'ok' ? result.value.process : undefined;
    if (process) noteTask(session, source, namespace, process);
    // a container that does not run has no task
    if (result.outcome === 'error' && result.code === 'NOT_FOUND') return;
    session.observeCall(source, 'status', result, entityId.container(id));
  });
  if (unasked.length > 0) {
    observeGap(
      source,
      'containerd',
      'budget',
      `${namespace}: time ran out before ${unasked.length} tasks were asked for`,
    );
  }
  source.end({ status: unasked.length > 0 ? 'partial' : 'ok' });
}

function noteTask(session: EngineSession, source: SourceRecorder, namespace: string, task: Process): void {
  const { record } = session.context;
  // the task service calls the container's id just id, and leaves container_id empty, for a container's first process
  const id = task.containerId || task.id;
  const container = record.entity(entityId.container(id), id.slice(0, 12), { containerId: id });
  record.link(container, 'served-by', session.engine);
  if (task.pid > 0) record.link(container, 'runs', entityId.process(task.pid));
  source.observe({ type: 'task', namespace, containerId: id, pid: task.pid, status: taskStatusName(task.status) }, [
    container,
    session.engine,
  ]);
}

function ask(
  session: EngineSession,
  namespace: string,
  call: Question['call'],
  method: string,
  command: string,
): Question {
  return {
    call,
    what: `${method} in namespace ${namespace}`,
    command: `ctr -a ${shellWord(session.endpoint.path)} -n ${shellWord(namespace)} ${command}`,
  };
}
