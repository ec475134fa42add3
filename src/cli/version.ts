import packageJson from '../../package.json' with { type: 'json' };

/** As case files and reports name the tool that made them. */
export const TOOL = { name: 'notready', version: packageJson.version } as const;
