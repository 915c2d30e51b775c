// Validates every YAML file of a folder with js-yaml and a compiled ajv schema: check_ajv.mjs SCHEMA FOLDER
import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import yaml from 'js-yaml';

const [schemaFile, folder] = process.argv.slice(2);
const ajv = new Ajv({ strict: false, allErrors: true });
const validate = ajv.compile(JSON.parse(fs.readFileSync(schemaFile, 'utf8')));
let bad = 0;
let documents = 0;
for (const name of fs.readdirSync(folder)) {
  const text = fs.readFileSync(path.join(folder, name), 'utf8');
  for (const document of yaml.loadAll(text, null, { schema: yaml.CORE_SCHEMA })) {
    if (document.kind !== 'SLO') continue;
    ++documents;
    if (!validate(document)) {
      if (++bad < 5) console.error(name, validate.errors);
    }
  }
}
console.log(`${documents} documents, ${bad} bad`);
process.exit(bad > 0 ? 1 : 0);
