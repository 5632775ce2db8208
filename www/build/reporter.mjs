/**
 * A reporter for `node --test`: one line of JSON per test, for the driver. `cargo xtask test` reads it; for your own eyes use `--test-reporter=spec`.
 *
 * A test inside others is named `outer › inner`. A suite is no test of its own unless one of its hooks failed.
 */

/** @param {AsyncIterable<{ type: string, data: any }>} source */
export default async function* report(source) {
  /** The names around the test that runs now. @type {string[]} */
  const around = [];
  for await (const { type, data } of source) {
    if (type === "test:start") {
      around.length = data.nesting;
      around[data.nesting] = data.name;
    }
    if (type === "test:stdout" || type === "test:stderr") yield `${data.message.replace(/\n$/, "")}\n`;
    if (type !== "test:pass" && type !== "test:fail") continue;
    const passed = type === "test:pass";
    const failure = data.details?.error;
    const suite = data.details?.type === "suite";
    if (suite && (passed || failure?.failureType === "subtestsFailed")) continue;
    const skip = data.skip ?? data.todo;
    const line = {
      file: data.file ?? "",
      name: [...around.slice(0, data.nesting), data.name].join(" › "),
      passed,
      skipped: skip === undefined || skip === false ? undefined : typeof skip === "string" && skip ? skip : "no reason given",
      detail: passed ? "" : describe(failure),
    };
    yield `hookswitch ${JSON.stringify(line)}\n`;
  }
}

/** @param {any} failure */
function describe(failure) {
  const cause = failure?.cause ?? failure;
  return String(cause?.stack ?? cause?.message ?? cause ?? "no reason given");
}
