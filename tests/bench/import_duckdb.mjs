// The peer of the import benchmark: DuckDB on two threads, typed columns, answers per service.
//
//   node import_duckdb.mjs requests|aggregate CSV [DATABASE]   with DATABASE: import, then query it
//   node import_duckdb.mjs status DATABASE                     query an imported aggregate
import { DuckDBInstance } from '@duckdb/node-api';

const [job, file, database] = process.argv.slice(2);
const instance = await DuckDBInstance.create(job === 'status' ? file : database ?? ':memory:', { threads: '2' });
const db = await instance.connect();
await db.run('SET preserve_insertion_order = false');

const columns = {
  requests: "{'timestamp_ms': 'BIGINT', 'service': 'VARCHAR', 'status': 'SMALLINT', 'latency_ms': 'DOUBLE'}",
  aggregate: "{'minute': 'BIGINT', 'service': 'VARCHAR', 'good': 'INTEGER', 'total': 'INTEGER'}",
};
const csv = (kind) => `read_csv('${file}', header = true, auto_detect = false, delim = ',', columns = ${columns[kind]})`;

// Minutes and seconds before the end of the data, as burn rates look at them.
const windows = [5, 30, 60, 360, 4320];
const burn = (good, total, at, perMinute) =>
  windows.map((w) => `sum(case when ${at} > last.t - ${w * perMinute} then ${total} - ${good} else 0 end)`).join(', ');

const requests = (from) => `
  with last as (select max(timestamp_ms) t from ${from})
  select service, sum((status < 500)::int), count(*), quantile_cont(latency_ms, 0.99),
         sum((latency_ms <= 300)::int), ${burn('(status < 500)::int', '1', 'timestamp_ms', 60000)}
  from ${from}, last group by service, last.t`;
const aggregate = (from) => `
  with last as (select max(minute) t from ${from})
  select service, sum(good), sum(total), ${burn('good', 'total', 'minute', 60)}
  from ${from}, last group by service, last.t`;

let rows;
if (job === 'status') {
  rows = (await db.runAndReadAll(aggregate('data'))).getRows();
} else {
  const query = job === 'requests' ? requests : aggregate;
  if (database !== undefined) await db.run(`create table data as select * from ${csv(job)}`);
  rows = (await db.runAndReadAll(query(database === undefined ? csv(job) : 'data'))).getRows();
  if (database !== undefined) await db.run('checkpoint');
}
console.log(rows.length);
