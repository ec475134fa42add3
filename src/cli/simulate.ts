import { colourFor } from './colour.ts';
import type { LocalCommand } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { choiceOption } from './option-values.ts';
import { outputWidth, print } from './output.ts';
import { addSimulateOptions, type SimulateOptions, scenarioFrom } from './simulate-options.ts';
import { TOOL } from './version.ts';

const OUTPUT = { en: 'terminal or json (default: terminal)', zh: 'terminal 或 json（默认：terminal）' } as const;

/** `notready simulate` */
export function configure(command: LocalCommand, done: (code: ExitCode) => void): void {
  const { context } = command;
  const { lang } = context;
  addSimulateOptions(command, lang)
    .option('-o, --output <form>', OUTPUT[lang], choiceOption('-o', ['terminal', 'json']))
    .examples([
      ['simulate --hung 1 --kubelet 1.20', { en: 'one container hangs', zh: '卡住一个容器' }],
      ['simulate --hung 2 --hung-pods 1', { en: 'two, in one pod', zh: '一个 Pod 里卡住两个' }],
      ['simulate --pods 250 --latency 300ms/2s', { en: 'a slow runtime', zh: '运行时很慢' }],
      ['simulate --hung 5 --for 24h -o json', { en: 'a day, for a program', zh: '一整天，供程序读取' }],
    ])
    .action(async (options: SimulateOptions & { readonly output?: 'terminal' | 'json' }) => {
      const scenario = scenarioFrom(options);
      const { simulate } = await import('../simulate/run.ts');
      const result = simulate(scenario);
      if (options.output === 'json') {
        const { simulationJson } = await import('../report/simulation/json.ts');
        await print(`${JSON.stringify(simulationJson(result, TOOL), null, 2)}\n`);
      } else {
        const { simulationReport } = await import('../report/simulation/terminal.ts');
        const colour = colourFor(process.stdout, context.env);
        await print(simulationReport(result, { lang, width: outputWidth(), colour, program: context.program }));
      }
      done(EXIT.fine);
    });
}
