/** A number that is not known exactly: it lies from `least` to `most`, both possible. */
export interface Range {
  readonly least: number;
  readonly likely: number;
  readonly most: number;
}

/** What lies in both; null where nothing does. The likely one is the first's, as far as the second allows it. */
export function intersect(a: Range, b: Range): Range | null {
  const least = Math.max(a.least, b.least);
  const most = Math.min(a.most, b.most);
  return least > most ? null : { least, likely: Math.min(Math.max(a.likely, least), most), most };
}
