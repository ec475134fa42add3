/** What the person at the terminal chose. */
export interface Ui {
  readonly paused: boolean;
  /** The id of the chosen container; null: none yet. */
  readonly chosen: string | null;
  readonly page: 'all' | 'detail' | 'help';
}

export const FIRST_UI: Ui = { paused: false, chosen: null, page: 'all' };

/** A key as node:readline names it, or the character itself. */
export interface Key {
  readonly name: string;
  readonly ctrl: boolean;
}

export type Pressed = { readonly ui: Ui } | 'quit' | 'interrupt' | 'suspend';

/** @param rows ids of the containers that are listed, from above */
export function press(ui: Ui, { name, ctrl }: Key, rows: readonly string[]): Pressed {
  if (ctrl) return name === 'c' ? 'interrupt' : name === 'z' ? 'suspend' : { ui };
  switch (name) {
    case 'q':
      return 'quit';
    case 'space':
      return { ui: { ...ui, paused: !ui.paused } };
    case 'down':
    case 'j':
      return { ui: { ...ui, chosen: moved(ui, rows, 1) } };
    case 'up':
    case 'k':
      return { ui: { ...ui, chosen: moved(ui, rows, -1) } };
    case 'return':
    case 'enter':
      return { ui: opened(ui, rows) };
    case 'escape':
      return { ui: { ...ui, page: 'all' } };
    case '?':
      return { ui: { ...ui, page: ui.page === 'help' ? 'all' : 'help' } };
    default:
      return { ui };
  }
}

function moved({ chosen }: Ui, rows: readonly string[], by: number): string | null {
  const at = rows.indexOf(chosen ?? '');
  if (at < 0) return rows[0] ?? null;
  return rows[Math.min(Math.max(at + by, 0), rows.length - 1)] ?? null;
}

/** The chosen container's detail; of the first, where none was chosen. */
function opened(ui: Ui, rows: readonly string[]): Ui {
  if (ui.page !== 'all') return { ...ui, page: 'all' };
  const chosen = ui.chosen ?? rows[0] ?? null;
  return chosen === null ? ui : { ...ui, chosen, page: 'detail' };
}
