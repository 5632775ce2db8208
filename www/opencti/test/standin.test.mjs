// The stand-in script against messages written by hand, and against the published exceptions.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ORG, Page, QUERY, golden } from "./page.mjs";

const INIT_FAILED = "Failed to initialize Open CTI. Ensure that it is loaded from the right frame with correct URL parameters";

/** The function behind a dotted name. */
function method(page, name) {
  return name.split(".").reduce((object, part) => object[part], page.opencti).bind(page.opencti);
}

function reply(methodName, callId, response) {
  return { apiVersion: 66, apiType: "opencti", methodName, callId, shouldExecuteCallback: true, response };
}

function event(methodName, response, more = {}) {
  return { apiVersion: 66, apiType: "opencti", methodName, shouldExecuteListener: true, response, ...more };
}

const success = { success: true, returnValue: null, errors: null };
const failure = { success: false, returnValue: null, errors: [{ code: "GENERIC_ERROR", description: "no" }] };

test("every golden call posts its golden message", () => {
  const page = new Page();
  const expected = [];
  for (const { call, callback = false, listener = false, wire } of golden("requests")) {
    if (!call) continue;
    const args = { ...call[1], ...(callback && { callback() {} }), ...(listener && { listener() {} }) };
    method(page, call[0])(...(Object.keys(args).length ? [args] : []));
    const envelope = { callId: expected.length, apiVersion: 66, apiType: "opencti" };
    expected.push({ ...wire, ...envelope, isCallbackRegistered: callback, isListenerRegistered: listener });
  }
  assert.deepEqual(page.posted, expected);
  assert.deepEqual(new Set(page.targets), new Set([ORG]));
});

test("the version in the address is the version in the messages", () => {
  const page = new Page({ version: 57 });
  page.opencti.refreshView();
  assert.equal(page.posted[0].apiVersion, 57);
});

test("a golden reply runs its callback once", () => {
  for (const { method: name, wire } of golden("answers").replies) {
    const page = new Page({ version: 57 });
    for (let spent = 0; spent < 3; spent += 1) page.opencti.refreshView();
    const seen = [];
    // These two are about a listener as well, and have tests of their own.
    if (["subscribe", "unsubscribe"].includes(name)) continue;
    const { call } = golden("requests").find(({ call }) => [name, `hvs.${name}`].includes(call?.[0]));
    method(page, call[0])({ ...call[1], callback: (response) => seen.push(response) });
    page.send(wire);
    page.send(wire);
    assert.deepEqual(seen, [wire.response]);
  }
});

test("golden events reach every listener, and only the right ones", () => {
  const page = new Page({ version: 57 });
  const seen = [];
  const listen = (name, args = {}) => method(page, name)({ ...args, listener: (payload) => seen.push([name, payload]) });
  listen("onClickToDial");
  listen("onNavigationChange");
  listen("hvs.onWorkStart");
  listen("subscribe", { channelName: "Dial__c" });
  listen("subscribe", { channelName: "Other__c" });
  const events = golden("answers").events;
  for (const { wire } of events) page.send(wire);
  assert.deepEqual(
    seen,
    events.map(({ method: name, payload }) => [name === "onWorkStart" ? "hvs.onWorkStart" : name, payload]),
  );
});

test("a listener registered twice hears everything twice", () => {
  const page = new Page();
  let heard = 0;
  const listener = () => (heard += 1);
  page.opencti.onClickToDial({ listener });
  page.opencti.onClickToDial({ listener });
  page.send(event("onClickToDial", { number: "1" }));
  assert.equal(heard, 2);
});

test("messages of another origin, version or API are ignored, and so are flags that are not strictly true", () => {
  const page = new Page();
  let heard = 0;
  page.opencti.refreshView({ callback: () => (heard += 1) });
  page.opencti.onClickToDial({ listener: () => (heard += 1) });
  const good = reply("refreshView", 0, success);
  page.send(good, "https://evil.example");
  page.send({ ...good, apiVersion: 57 });
  page.send({ ...good, apiVersion: "66" });
  page.send({ ...good, apiType: "interaction" });
  page.send({ ...good, shouldExecuteCallback: 1 });
  page.send({ ...good, callId: 7 });
  page.send({ ...good, methodName: "saveLog" });
  page.send({ ...event("onClickToDial", {}), shouldExecuteListener: "true" });
  page.send("a foreign message");
  page.send(null);
  assert.equal(heard, 0);
  page.send(good);
  assert.equal(heard, 1);
});

const ONE_OBJECT = "Must pass in only one object which holds arguments to this API method call.";
const noop = () => {};

for (const [what, call, message] of [
  ["enableClickToDial({})", (o) => o.enableClickToDial({}), ONE_OBJECT],
  ["enableClickToDial(undefined)", (o) => o.enableClickToDial(undefined), ONE_OBJECT],
  ["disableClickToDial({})", (o) => o.disableClickToDial({}), ONE_OBJECT],
  ["refreshView({})", (o) => o.refreshView({}), ONE_OBJECT],
  ["screenPop()", (o) => o.screenPop(), ONE_OBJECT],
  ["screenPop of two objects", (o) => o.screenPop({ type: "url" }, {}), ONE_OBJECT],
  ["setSoftphoneItemLabel of a text", (o) => o.setSoftphoneItemLabel("label"), ONE_OBJECT],
  ["hvs.completeWork({})", (o) => o.hvs.completeWork({}), ONE_OBJECT],
  ["getSoftphoneLayout()", (o) => o.getSoftphoneLayout(), ONE_OBJECT],
  ...["isSoftphonePanelVisible", "getAppViewInfo", "getCallCenterSettings", "getSoftphoneLayout"].map((name) => [
    `${name} without a callback`,
    (o) => o[name]({ callback: "text" }),
    "Missing the required argument `callback`!",
  ]),
  ["onClickToDial with a callback only", (o) => o.onClickToDial({ callback: noop }), "Missing the required argument `listener`!"],
  ["onNavigationChange without a listener", (o) => o.onNavigationChange({ listener: 1 }), "Missing the required argument `listener`!"],
  ["subscribe without a listener", (o) => o.subscribe({ channelName: "A__c" }), "Missing the required argument `listener`!"],
  ["hvs.onWorkStart without a listener", (o) => o.hvs.onWorkStart({ callback: noop }), "Missing the required argument `listener`!"],
  ["saveLog of a text", (o) => o.saveLog({ value: "Task" }), "Missing the required argument `value object`!"],
  ["saveLog of nothing", (o) => o.saveLog({ callback: noop }), "Missing the required argument `value object`!"],
  ["subscribe to no channel", (o) => o.subscribe({ channelName: "", listener: noop }), "The argument `channelName` must be a non-empty string!"],
  ["publish to no channel", (o) => o.publish({ message: {} }), "The argument `channelName` must be a non-empty string!"],
  ["unsubscribe of a text", (o) => o.unsubscribe({ subscription: "A__c" }), "The argument `subscription` must be an object!"],
  [
    "publish of a text",
    (o) => o.publish({ channelName: "A__c", message: "text" }),
    "The argument `message` must be a serializable object or null!",
  ],
]) {
  test(`${what} throws and posts nothing`, () => {
    const page = new Page();
    assert.throws(() => call(page.opencti), { name: "Error", message });
    assert.deepEqual(page.posted, []);
  });
}

test("publishing what JSON cannot hold throws JSON's own text", () => {
  const round = {};
  round.round = round;
  assert.throws(() => new Page().opencti.publish({ channelName: "A__c", message: round }), /circular/);
});

test("null as the argument object throws a native TypeError", () => {
  assert.throws(() => new Page().opencti.screenPop(null), TypeError);
});

test("a value that cannot be cloned throws DataCloneError", () => {
  assert.throws(() => new Page().opencti.saveLog({ value: { now() {} } }), { name: "DataCloneError" });
});

test("saveLog of null is left to the host", () => {
  const page = new Page();
  page.opencti.saveLog({ value: null });
  assert.deepEqual(page.posted[0].args, { object: null });
});

test("notifyInitializationComplete checks nothing", () => {
  const page = new Page();
  for (const args of [[], [{}], [{ callback: noop }], ["text", 2], [null]]) page.opencti.notifyInitializationComplete(...args);
  assert.deepEqual(
    page.posted.map((message) => message.isCallbackRegistered),
    [false, false, true, false, false],
  );
});

test("a subscription is handed over with the reply, and the host hears only of the last one that goes", () => {
  const page = new Page();
  const got = [];
  const subscribe = () => page.opencti.subscribe({ channelName: "A__c", listener: () => got.push("heard"), callback: (r) => got.push(r.subscription) });
  subscribe();
  subscribe();
  page.send(reply("subscribe", 0, success));
  page.send(reply("subscribe", 1, success));
  const [first, second] = got.splice(0);
  assert.ok(Object.isFrozen(first) && first !== second && Object.keys(first).length === 0);

  page.opencti.unsubscribe({ subscription: first, callback: () => got.push("never") });
  page.opencti.unsubscribe({ subscription: {}, callback: () => got.push("never") });
  assert.equal(page.posted.length, 2);
  page.send(event("subscribe", { a: 1 }, { eventName: "A__c" }));
  assert.deepEqual(got, ["heard"]);

  page.opencti.unsubscribe({ subscription: second, callback: () => got.push("gone") });
  assert.deepEqual(page.posted[2].args, { eventName: "A__c" });
  page.send(event("subscribe", { a: 2 }, { eventName: "A__c" }));
  page.send(reply("unsubscribe", 2, success));
  assert.deepEqual(got, ["heard", "gone"]);
});

test("a refused subscription hears nothing", () => {
  const page = new Page();
  const got = [];
  page.opencti.subscribe({ channelName: "A__c", listener: () => got.push("heard"), callback: (r) => got.push(r.success) });
  page.send(reply("subscribe", 0, failure));
  page.send(event("subscribe", {}, { eventName: "A__c" }));
  assert.deepEqual(got, [false]);
});

test("the literals are Salesforce's", () => {
  const { SCREENPOP_TYPE, CALL_TYPE } = new Page().opencti;
  const pops = ["url", "sobject", "objecthome", "list", "search", "newRecord", "flow"];
  assert.deepEqual(Object.values(SCREENPOP_TYPE), pops);
  assert.deepEqual(SCREENPOP_TYPE.NEW_RECORD_MODAL, "newRecord");
  assert.deepEqual(CALL_TYPE, { INBOUND: "inbound", OUTBOUND: "outbound", INTERNAL: "internal" });
});

test("initialize called again doubles every event", () => {
  const page = new Page();
  let heard = 0;
  page.opencti.onClickToDial({ listener: () => (heard += 1) });
  page.opencti.initialize();
  page.send(event("onClickToDial", {}));
  assert.deepEqual([heard, page.handlers], [2, 2]);
});

const named = (origin) => `?mode=Lightning&sfdcIframeOrigin=${encodeURIComponent(origin)}`;

for (const [what, options] of [
  ["no query", { search: "" }],
  ["no mode", { search: `?sfdcIframeOrigin=${encodeURIComponent(ORG)}` }],
  ["an empty mode", { search: `?mode=&sfdcIframeOrigin=${encodeURIComponent(ORG)}` }],
  ["no origin", { search: "?mode=Lightning" }],
  ["Classic's spelling", { search: QUERY.replace("sfdcIframeOrigin", "sfdcIFrameOrigin") }],
  ["a repeated origin", { search: `${QUERY}&sfdcIframeOrigin=${encodeURIComponent(ORG)}` }],
  ["a repeated mode", { search: `${QUERY}&mode=Lightning` }],
  ["another scheme", { search: named("http://acme.lightning.force.com") }],
  ["a foreign origin", { search: named("https://evil.example") }],
  ["a foreign origin that ends like a path", { search: named("https://evil.example/.force.com") }],
  ["a trailing slash", { search: named(`${ORG}/`) }],
  ["a loopback parent of a page elsewhere", { search: named("http://lightning.localhost:8730"), page: "http://phone.acme.example" }],
  ["a name that only begins like loopback", { search: named("http://localhost.evil.example"), page: "http://localhost" }],
]) {
  test(`with ${what} the script throws its text, leaves the methods and hears nothing`, () => {
    const page = new Page(options);
    assert.equal(page.thrown, INIT_FAILED);
    page.opencti.refreshView();
    assert.deepEqual([page.targets, page.handlers], [[null], 0]);
  });
}

for (const [search, page] of [
  [named("https://acme.lightning.force.com:8443"), "https://phone.acme.example"],
  [named("https://acme.my.salesforce.com"), "https://phone.acme.example"],
  [named("https://acme.crmforce.mil"), "https://phone.acme.example"],
  [named("http://lightning.localhost:8730"), "http://phone.localhost:8730"],
  [named("http://127.0.0.1:8730"), "http://localhost:8730"],
  [named("http://[::1]:8730"), "http://[::1]:8731"],
]) {
  test(`${decodeURIComponent(search)} is accepted on ${page}`, () => {
    const accepted = new Page({ search, page });
    assert.deepEqual([accepted.thrown, accepted.handlers], [undefined, 1]);
  });
}
