// The peer of the back-test: DuckDB on two threads, running sums and lag, four pairs per minute.
//
//   node backtest_duckdb.mjs load CSV DATABASE    imports the minutes
//   node backtest_duckdb.mjs replay DATABASE      firing minutes per service, page and ticket
import { DuckDBInstance } from '@duckdb/node-api';

const [job, file, database] = process.argv.slice(2);
const instance = await DuckDBInstance.create(job === 'load' ? database : file, { threads: '2' });
const db = await instance.connect();
if (job === 'load') {
  await db.run(`create table data as select * from read_csv('${file}', header = true, auto_detect = false, delim = ',',
    columns = {'minute': 'BIGINT', 'service': 'VARCHAR', 'good': 'INTEGER', 'total': 'INTEGER'})`);
  await db.run('checkpoint');
} else {
  const windows = [5, 30, 60, 120, 360, 1440, 4320];
  const lags = windows.map((w) => `b - lag(b, ${w}, 0) over s b${w}, t - lag(t, ${w}, 0) over s t${w}`).join(', ');
  const over = (w, factor) => `b${w} > ${factor} * 0.001 * t${w}`;
  const pair = (short, long, factor) => `(${over(short, factor)} and ${over(long, factor)})`;
  const rows = (await db.runAndReadAll(`
    with sums as (select service, minute, sum(total - good) over s b, sum(total) over s t from data
                  window s as (partition by service order by minute)),
         lagged as (select service, ${lags} from sums window s as (partition by service order by minute))
    select service, count(*) filter (${pair(5, 60, 14.4)} or ${pair(30, 360, 6)}),
           count(*) filter (${pair(120, 1440, 3)} or ${pair(360, 4320, 1)})
    from lagged group by service`)).getRows();
  console.log(rows.length);
}
