// What an editor shows of forms: the service of the YAML extension of VS Code and others.
// Arguments: the JSON Schema, then forms. Standard output: for each form what is marked in it, and
// the words that are offered at its end.
const fs = require("fs");
const { TextDocument } = require("vscode-languageserver-textdocument");
const server = "yaml-language-server/out/server/src/";
const { getLanguageService } = require(server + "languageservice/yamlLanguageService");
const { SettingsState } = require(server + "yamlSettings");

async function main([schema, ...forms]) {
  const uri = "file:///form.schema.json";
  const service = getLanguageService({
    schemaRequestService: async () => fs.readFileSync(schema, "utf8"),
    workspaceContext: { resolveRelativePath: (path) => path },
    yamlSettings: new SettingsState(),
  });
  service.configure({
    validate: true,
    completion: true,
    hover: true,
    schemas: [{ uri, fileMatch: ["*"] }],
  });
  const shown = {};
  for (const form of forms) {
    const text = TextDocument.create(`file://${form}`, "yaml", 1, fs.readFileSync(form, "utf8"));
    const marked = await service.doValidation(text, false);
    const end = text.positionAt(text.getText().length);
    const offered = await service.doComplete(text, end, false);
    shown[form] = {
      marked: marked.map((one) => ({ line: one.range.start.line + 1, message: one.message })),
      offered: offered.items.map((one) => one.label),
    };
  }
  process.stdout.write(JSON.stringify(shown));
}

main(process.argv.slice(2));
