// Reads YAML from standard input with the version of js-yaml that is named, and writes it again.
const yaml = require(process.argv[2]);
const text = require("fs").readFileSync(0, "utf8");
process.stdout.write(yaml.dump(yaml.load(text)));
