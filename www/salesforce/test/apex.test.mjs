// The Apex of the deployable project, read by a real Apex parser: no org is needed to see that it is Apex, and that it asks with care.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { ApexErrorListener, ApexParserFactory } from "@apexdevtools/apex-parser";

const project = fileURLToPath(new URL("../../../definition/", import.meta.url));
const folders = { ".cls": "force-app/main/default/classes", ".trigger": "force-app/main/default/triggers", ".apex": "scripts" };
const units = { ".cls": "compilationUnit", ".trigger": "triggerUnit", ".apex": "anonymousUnit" };

/** @typedef {{ name: string, text: string, syntax: string[], tree: any }} Source */

/** Remembers what the parser does not understand. */
class Errors extends ApexErrorListener {
  /** @type {string[]} */
  found = [];

  apexSyntaxError(line, column, message) {
    this.found.push(`${line}:${column} ${message}`);
  }
}

/** @returns {Source} */
function read(name, text) {
  const errors = new Errors();
  const { parser } = ApexParserFactory.createLexerAndParser(text, errors);
  const tree = parser[units[name.slice(name.lastIndexOf("."))]]();
  return { name, text, syntax: errors.found, tree };
}

/** Every node of a kind, below and including this one. */
function all(node, kind) {
  const below = (node.children ?? []).flatMap((child) => all(child, kind));
  return node.constructor.name === `${kind}Context` ? [node, ...below] : below;
}

/** Sources with a suffix. Text without blanks is what `getText` gives, and comments are no part of it. */
function sources(suffix) {
  const folder = `${project}${folders[suffix]}/`;
  const names = readdirSync(folder).filter((name) => name.endsWith(suffix));
  return names.map((name) => read(name, readFileSync(folder + name, "utf8")));
}

const classes = sources(".cls");
const shipped = classes.filter(({ name }) => !name.endsWith("Test.cls"));

/** Calls that take a query as a text. */
function asked(source) {
  const takes = /^(count)?query(withbinds)?$|^getquerylocator(withbinds)?$|^find$|^suggest$/i;
  return all(source.tree, "DotExpression").filter((node) => {
    const [, owner, method] = /^(Database|Search)\.(\w+)\(/i.exec(node.getText()) ?? [];
    return owner && takes.test(method);
  });
}

/** Queries made of text: each call that takes one, and what is wrong with it. */
function dynamic(source) {
  return asked(source).flatMap((call) => {
    const [argument] = all(call, "ExpressionList")[0].children;
    const text = argument.getText();
    const constant = /^String\.format\((\w+),newList<String>\{/.exec(text)?.[1];
    const literal = constant && new RegExp(`private static final String ${constant} = '[^']*';`).test(source.text);
    return literal && !text.includes("+") ? [] : [`${source.name}: ${text}`];
  });
}

/** Queries that do not say with whose permissions they read. */
function careless(source) {
  const queries = all(source.tree, "SoqlLiteral").map((node) => node.getText());
  const searches = all(source.tree, "SoslLiteral").map((node) => node.getText());
  const mine = /(FROMUserWHEREId=:UserInfo\.getUserId\(\)|ANDCreatedById=:UserInfo\.getUserId\(\)AND[\w>=:]*)WITHSYSTEM_MODE/i;
  const idsOnly = /RETURNING(\w+\(Id(WHERE\w+=\w+)?LIMIT:\w+\),?)+\]$/i;
  return [
    ...asked(source).map((call) => call.getText()).filter((text) => !/,AccessLevel\.USER_MODE\)$/i.test(text)),
    ...queries.filter((text) => !/WITHUSER_MODE/i.test(text) && !mine.test(text)),
    ...searches.filter((text) => !/WITHUSER_MODE\]$/i.test(text) && !idsOnly.test(text)),
    // A value stands in a query only as a bind.
    ...[...queries, ...searches].filter((text) => text.includes("'") || text.includes("+")),
  ];
}

/** Statements that write. */
function writes(source) {
  const kinds = ["InsertStatement", "UpdateStatement", "UpsertStatement", "DeleteStatement", "UndeleteStatement", "MergeStatement"];
  const statements = kinds.flatMap((kind) => all(source.tree, kind)).map((node) => node.getText());
  const calls = all(source.tree, "DotExpression").map((node) => node.getText());
  return [...statements, ...calls.filter((text) => /^Database\.(insert|update|upsert|delete|merge|undelete)/i.test(text))];
}

for (const source of [...classes, ...sources(".trigger"), ...sources(".apex")]) {
  test(`${source.name} is Apex`, () => {
    assert.deepEqual(source.syntax, []);
    assert.ok(source.text.endsWith("}\n") || source.name.endsWith(".apex"));
  });
}

test("no query is put together from texts", () => {
  assert.deepEqual(classes.flatMap(dynamic), []);
  assert.deepEqual(sources(".apex").flatMap(dynamic), []);
});

test("every query reads with the agent's permissions, with values as binds only", () => {
  assert.deepEqual(shipped.flatMap(careless), []);
  assert.equal(shipped.flatMap(({ tree }) => all(tree, "SoqlLiteral")).length, 7, "all queries were looked at");
  assert.equal(shipped.flatMap(({ tree }) => all(tree, "SoslLiteral")).length, 2, "all searches were looked at");
  assert.equal(shipped.flatMap(asked).length, 3, "and all that are made of texts");
});

test("nothing that the softphone can call writes", () => {
  assert.deepEqual(shipped.flatMap(writes), []);
  assert.notDeepEqual(classes.flatMap(writes), [], "the tests do, so writing is seen");
});

test("classes respect sharing", () => {
  for (const { name, text } of shipped) {
    assert.match(text, /(global|public) with sharing class |public interface |extends Exception/, name);
  }
});

test("what Open CTI calls takes texts and gives a text, in a global class", () => {
  const { text } = classes.find(({ name }) => name === "Hookswitch.cls");
  const methods = [...text.matchAll(/webservice (.*?) (\w+)\((.*?)\) \{/g)].map(([, kind, name, parameters]) => ({ kind, name, parameters }));
  assert.deepEqual(
    methods.map(({ name }) => name),
    ["whoAmI", "credentials", "directory", "doNotCall", "findLog", "openCases", "recordType", "ping"],
  );
  for (const { kind, name, parameters } of methods) {
    assert.equal(kind, "static String", name);
    assert.ok(parameters === "" || parameters.split(", ").every((one) => /^String \w+$/.test(one)), name);
  }
  assert.match(text, /^global with sharing class Hookswitch \{$/m);
  for (const source of shipped.filter(({ name }) => name !== "Hookswitch.cls")) {
    assert.doesNotMatch(source.text, /^\s*(global|webservice) /m, source.name);
  }
});

test("a trigger does nothing itself: a class that is tested does", () => {
  const triggers = sources(".trigger");
  assert.ok(triggers.length > 0);
  const tests = classes.find(({ name }) => name === "HookswitchTest.cls");
  for (const { name, text } of triggers) {
    const [, work] = /^trigger \w+ on Task\(before insert\) \{\n    (\w+)\.\w+\(Trigger\.new\);\n\}\n$/m.exec(text) ?? [];
    assert.ok(work && tests.text.includes(`${work}.`), name);
  }
});

test("every method that Open CTI calls is tried by the test class", () => {
  const tests = classes.find(({ name }) => name === "HookswitchTest.cls");
  for (const name of ["whoAmI", "credentials", "directory", "doNotCall", "findLog", "openCases", "recordType", "ping"]) {
    assert.ok(tests.text.includes(`Hookswitch.${name}(`), name);
  }
  const methods = tests.text.split("@IsTest\n    static void ").slice(1);
  assert.ok(methods.length > 10);
  for (const method of methods) {
    assert.match(method, /Assert\.(areEqual|isTrue|isFalse)\(/, method.slice(0, 40));
  }
});

test("the checks see what they are for", () => {
  const bad = (body) => read("Bad.cls", `public class Bad { void go(String s) { ${body} } }\n`);
  assert.notDeepEqual(read("Bad.cls", "public class Bad { void go( { } }").syntax, []);
  assert.deepEqual(dynamic(bad("Database.query('SELECT Id FROM ' + s);")).length, 1);
  assert.deepEqual(dynamic(bad("List<SObject> l = Database.queryWithBinds(s, new Map<String, Object>(), AccessLevel.USER_MODE);")).length, 1);
  assert.deepEqual(dynamic(bad("Search.query(s);")).length, 1);
  assert.deepEqual(careless(bad("List<Task> l = [SELECT Id FROM Task WHERE Subject = :s];")).length, 1);
  assert.deepEqual(careless(bad("List<Task> l = [SELECT Id FROM Task WHERE Subject = 'x' WITH USER_MODE];")).length, 1);
  assert.deepEqual(careless(bad("List<List<SObject>> l = [FIND :s RETURNING Contact(Id, Name)];")).length, 1);
  assert.deepEqual(careless(bad("Database.queryWithBinds(s, b, AccessLevel.SYSTEM_MODE);")).length, 1);
  assert.deepEqual(careless(bad("Database.query(s);")).length, 1);
  assert.deepEqual(writes(bad("insert new Task(); Database.delete(new List<Task>());")).length, 2);
});
