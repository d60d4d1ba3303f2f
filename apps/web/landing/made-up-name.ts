const words = (list: string): readonly string[] => list.trim().split(/\s+/);

const QUALITIES = words(`
  amber brave bright calm clear clever cosy crisp early easy fair fine
  fond fresh gentle glad golden green happy honest keen kind light lively
  lucky mellow merry mild neat noble open plain proud quick quiet ready
  rosy silver simple smooth soft steady still sunny swift warm wide wise
`);

const THINGS = words(`
  apple arch barn beach bell birch boat bridge brook cabin canal cedar
  cloud clover coast coral dune fern field forest garden harbor hill island
  lake lamp lantern maple meadow mill moon olive orchard paper pebble pine
  pond prairie reed ridge river signal spruce star stone train valley willow
`);

/** A name that one can say over the telephone: three short words. */
export function makeUpName(randomBelow: (limit: number) => number = secureRandomBelow): string {
  const pick = (list: readonly string[]): string => list[randomBelow(list.length)] ?? '';
  const first = pick(THINGS);
  const others = THINGS.filter((word) => word !== first);
  return [pick(QUALITIES), first, pick(others)].join('-');
}

/** Names double as invitations: they must not be guessed from the one before. */
function secureRandomBelow(limit: number): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return random % limit;
}
