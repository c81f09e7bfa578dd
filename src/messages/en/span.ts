/** "20 s", "3 min", "2 hours", "2 days". */
export function span(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 50) return `${Math.ceil(seconds / 10) * 10} s`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 36 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
