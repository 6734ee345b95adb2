// Makes the reports in examples/ anew from the recorded databases beside them.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";

for (const name of readdirSync("examples").filter((file) => file.endsWith(".db"))) {
  const page = `examples/${name.replace(/\.db$/, ".html")}`;
  execFileSync(process.execPath, ["dist/cli.js", "report", `examples/${name}`, "-o", page], { stdio: "inherit" });
}
