// Validates AsyncAPI documents with the official parser: node validate.mjs PARSER_FOLDER DOCUMENT...
//
// Errors and warnings fail (exit code 1); advice does not, and is not shown.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [folder, ...documents] = process.argv.slice(2);
const { Parser } = createRequire(resolve(folder, "package.json"))("@asyncapi/parser");
const WARNING = 1;

async function isValid(file) {
  const { document, diagnostics } = await new Parser().parse(readFileSync(file, "utf8"));
  const faults = diagnostics.filter((each) => each.severity <= WARNING);
  for (const { range, message, path } of faults) {
    console.error(`${file}:${range.start.line + 1}: ${message} (${path.join(".")})`);
  }
  if (document && faults.length === 0) {
    const size = `${document.allMessages().length} messages`;
    console.log(`ok  ${file}: AsyncAPI ${document.version()}, ${size}`);
    return true;
  }
  return false;
}

const answers = [];
for (const file of documents) {
  answers.push(await isValid(file));
}
process.exit(answers.length > 0 && answers.every(Boolean) ? 0 : 1);
