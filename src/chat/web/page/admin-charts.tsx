import type { AdminView } from '../view.ts';

type Bucket = AdminView['day'][number];

const labelOf = ({ at }: Bucket, unit: 'hour' | 'day'): string =>
  unit === 'hour' ? new Date(at).toISOString().slice(11, 16) : new Date(at).toISOString().slice(0, 10);

/** What was made in each span of a time, as bars and as a table. */
export function Charts({ buckets, unit }: { buckets: readonly Bucket[]; unit: 'hour' | 'day' }) {
  return (
    <>
      <Chart buckets={buckets} names={['delivered', 'failed']} says="Clips delivered, and failed on top" />
      <Chart buckets={buckets} names={['credits']} says="Credits" />
      <details>
        <summary>The same as a table</summary>
        <div class="scroll">
          <table>
            <tbody>
              <tr>
                <th scope="col">{unit === 'hour' ? 'Hour' : 'Day'}</th>
                <th scope="col">Delivered</th>
                <th scope="col">Failed</th>
                <th scope="col">Credits</th>
              </tr>
              {buckets.map((bucket) => (
                <tr key={bucket.at}>
                  <th scope="row">{labelOf(bucket, unit)}</th>
                  <td>{bucket.delivered}</td>
                  <td>{bucket.failed}</td>
                  <td>{bucket.credits}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}

/** Bars on one another, in the order of `names`; who cannot see them has the table. */
function Chart(props: {
  buckets: readonly Bucket[];
  names: readonly ('delivered' | 'failed' | 'credits')[];
  says: string;
}) {
  const { buckets, names, says } = props;
  const totals = buckets.map((bucket) => names.reduce((sum, name) => sum + bucket[name], 0));
  const most = Math.max(...totals, 1);
  return (
    <figure>
      <figcaption>
        {`${says}: ${totals.reduce((sum, each) => sum + each, 0)} in all, ${Math.max(...totals)} at most`}
      </figcaption>
      <svg viewBox={`0 0 ${buckets.length} 100`} preserveAspectRatio="none" aria-hidden="true">
        {buckets.map((bucket, n) => {
          let top = 100;
          return names.map((name) => {
            const height = (bucket[name] / most) * 98;
            top -= height;
            return <rect key={name} x={n + 0.1} y={top} width={0.8} height={height} class={name} />;
          });
        })}
      </svg>
    </figure>
  );
}
