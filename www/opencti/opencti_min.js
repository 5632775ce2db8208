// The stand-in for Salesforce's client script, for the simulated Lightning page. Despite its name it is neither Salesforce's nor minified: the name
// is the one under which Lightning serves the real script. Written from the published behaviour of versions 55 and later.
//
// The server puts the version's integer, 66 for /support/api/66.0/…, in the place of the token below.
(function (window) {
  "use strict";

  const API_VERSION = Number("__API_VERSION__");
  const API_TYPE = "opencti";

  const INIT_FAILED = "Failed to initialize Open CTI. Ensure that it is loaded from the right frame with correct URL parameters";
  const ONE_OBJECT = "Must pass in only one object which holds arguments to this API method call.";

  const SALESFORCE =
    /^https?:\/\/[\w-.]+\.(force\.com|visualforce\.com|my-visualforce\.com|my-lightning\.com|salesforce\.com|my-salesforce\.com|salesforce\.mil|salesforce\.ms|crmforce\.mil|crmforce\.ms)(:\d+)?$/;
  const LOOPBACK = /^(localhost|([\w-]+\.)+localhost|127(\.\d{1,3}){3}|\[::1\])$/;

  /** Origin of the Lightning page; null until `initialize` accepted one, and messages then reach nobody. */
  let trusted = null;
  let calls = 0;
  /** Callbacks that wait for their reply, by method and call. */
  const callbacks = new Map();
  /** Listeners by method, never removed. */
  const listeners = new Map();
  /** Listeners of message channels: channel → subscription → listener. */
  const channels = new Map();

  /** The page's query, read once: a name given twice becomes a list and pleases nobody. */
  const query = {};
  for (const pair of window.location.search.replace(/^\?/, "").split("&").filter(Boolean)) {
    const [name, value] = [pair, ""].join("=").split("=", 2).map(decode);
    query[name] = Object.hasOwn(query, name) ? [].concat(query[name], value) : value;
  }

  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** Salesforce's own script knows only its domains. A page that is itself on a loopback name also accepts a parent on one, and no other page does. */
  function isAllowed(origin) {
    if (typeof origin !== "string" || !origin.startsWith(window.location.protocol)) return false;
    if (SALESFORCE.test(origin)) return true;
    const host = /^https?:\/\/(\[::1\]|[\w-.]+)(:\d+)?$/.exec(origin);
    return host !== null && LOOPBACK.test(host[1]) && LOOPBACK.test(window.location.hostname);
  }

  function initialize() {
    const { mode, sfdcIframeOrigin } = query;
    // Salesforce's throws text, not an Error; adapters in the field compare the text.
    if (typeof mode !== "string" || mode === "" || !isAllowed(sfdcIframeOrigin)) throw INIT_FAILED;
    trusted = sfdcIframeOrigin;
    window.addEventListener("message", receive);
  }

  function receive(event) {
    const message = event.data;
    if (event.origin !== trusted || message === null || typeof message !== "object") return;
    if (message.apiVersion !== API_VERSION || message.apiType !== API_TYPE) return;
    if (message.shouldExecuteCallback === true) {
      const key = keyOf(message.methodName, message.callId);
      const callback = callbacks.get(key);
      callbacks.delete(key);
      if (callback) callback(message.response);
    }
    if (message.shouldExecuteListener === true) {
      const found =
        message.eventName === undefined ? (listeners.get(message.methodName) ?? []) : [...(channels.get(message.eventName)?.values() ?? [])];
      for (const listener of found) listener(message.response);
    }
  }

  function keyOf(methodName, callId) {
    return `${methodName} ${callId}`;
  }

  /** Posts one call. What cannot be cloned makes `postMessage` throw, after the callback was stored. */
  function post(methodName, args, callback, isListenerRegistered = false) {
    const callId = calls++;
    const isCallbackRegistered = typeof callback === "function";
    if (isCallbackRegistered) callbacks.set(keyOf(methodName, callId), callback);
    window.parent.postMessage(
      { methodName, callId, apiVersion: API_VERSION, apiType: API_TYPE, isCallbackRegistered, isListenerRegistered, args },
      trusted,
    );
  }

  /** The single argument object. Null passes the type test and fails in `Object.keys`, as it does at Salesforce's. */
  function only(given) {
    if (given.length !== 1 || typeof given[0] !== "object" || Object.keys(given[0]).length === 0) throw new Error(ONE_OBJECT);
    return given[0];
  }

  function mustHave(args, name) {
    if (typeof args[name] !== "function") throw new Error(`Missing the required argument \`${name}\`!`);
  }

  function mustName(channelName) {
    if (typeof channelName !== "string" || channelName === "") throw new Error("The argument `channelName` must be a non-empty string!");
  }

  /** A method whose named arguments go over the wire as they are; everything else in the object is dropped. */
  function plain(methodName, ...names) {
    return (...given) => {
      const args = only(given);
      post(methodName, Object.fromEntries(names.map((name) => [name, args[name]])), args.callback);
    };
  }

  /** A method that may be called with nothing at all. */
  function bare(methodName) {
    return (...given) => post(methodName, {}, given.length === 0 ? undefined : only(given).callback);
  }

  /** A method that makes no sense without its callback. */
  function question(methodName) {
    return (...given) => {
      const args = only(given);
      mustHave(args, "callback");
      post(methodName, {}, args.callback);
    };
  }

  /** A method that registers a listener for good. */
  function registration(methodName) {
    return (...given) => {
      const args = only(given);
      mustHave(args, "listener");
      listeners.set(methodName, [...(listeners.get(methodName) ?? []), args.listener]);
      post(methodName, {}, args.callback, true);
    };
  }

  function saveLog(...given) {
    const args = only(given);
    if (typeof args.value !== "object") throw new Error("Missing the required argument `value object`!");
    post("saveLog", { object: args.value }, args.callback);
  }

  /** The only method that checks nothing. */
  function notifyInitializationComplete(args) {
    post("notifyInitializationComplete", {}, args?.callback);
  }

  function publish(...given) {
    const { channelName, message, callback } = only(given);
    mustName(channelName);
    if (message && typeof message !== "object") throw new Error("The argument `message` must be a serializable object or null!");
    let copy;
    try {
      copy = message ? JSON.parse(JSON.stringify(message)) : undefined;
    } catch (error) {
      throw new Error(error.message);
    }
    post("publish", { eventName: channelName, message: copy }, callback);
  }

  function subscribe(...given) {
    const args = only(given);
    mustName(args.channelName);
    mustHave(args, "listener");
    const { channelName, listener, callback } = args;
    // Its identity is the key; there is nothing in it.
    const subscription = Object.freeze({});
    if (!channels.has(channelName)) channels.set(channelName, new Map());
    channels.get(channelName).set(subscription, listener);
    const answered = (response) => {
      if (response.success) response.subscription = subscription;
      else forget(channelName, subscription);
      if (typeof callback === "function") callback(response);
    };
    post("subscribe", { eventName: channelName, subscription: {} }, answered, true);
  }

  function unsubscribe(...given) {
    const { subscription, callback } = only(given);
    if (typeof subscription !== "object") throw new Error("The argument `subscription` must be an object!");
    const [eventName] = [...channels].find(([, known]) => known.has(subscription)) ?? [];
    // The host hears of it only when the last listener of the channel goes; otherwise the callback never runs.
    if (eventName !== undefined && forget(eventName, subscription)) post("unsubscribe", { eventName }, callback);
  }

  /** Removes a listener; true if it was the channel's last. */
  function forget(channelName, subscription) {
    const known = channels.get(channelName);
    known.delete(subscription);
    if (known.size === 0) channels.delete(channelName);
    return known.size === 0;
  }

  // The object is there even if the check below throws: callers then see every method, and no answers.
  window.sforce = window.sforce ?? {};
  window.sforce.opencti = {
    SCREENPOP_TYPE: {
      URL: "url",
      SOBJECT: "sobject",
      OBJECTHOME: "objecthome",
      LIST: "list",
      SEARCH: "search",
      NEW_RECORD_MODAL: "newRecord",
      FLOW: "flow",
    },
    CALL_TYPE: { INBOUND: "inbound", OUTBOUND: "outbound", INTERNAL: "internal" },
    hvs: { onWorkStart: registration("onWorkStart"), completeWork: plain("completeWork", "workId", "attributes") },
    disableClickToDial: bare("disableClickToDial"),
    enableClickToDial: bare("enableClickToDial"),
    getAppViewInfo: question("getAppViewInfo"),
    getCallCenterSettings: question("getCallCenterSettings"),
    getSoftphoneLayout: question("getSoftphoneLayout"),
    initialize,
    isSoftphonePanelVisible: question("isSoftphonePanelVisible"),
    notifyInitializationComplete,
    onClickToDial: registration("onClickToDial"),
    onNavigationChange: registration("onNavigationChange"),
    publish,
    refreshView: bare("refreshView"),
    runApex: plain("runApex", "apexClass", "methodName", "methodParams"),
    saveLog,
    screenPop: plain("screenPop", "type", "params"),
    searchAndScreenPop: plain("searchAndScreenPop", "searchParams", "callType", "queryParams", "params", "defaultFieldValues", "deferred"),
    setSoftphoneItemIcon: plain("setSoftphoneItemIcon", "key"),
    setSoftphoneItemLabel: plain("setSoftphoneItemLabel", "label"),
    setSoftphonePanelHeight: plain("setSoftphonePanelHeight", "heightPX"),
    setSoftphonePanelIcon: plain("setSoftphonePanelIcon", "key"),
    setSoftphonePanelLabel: plain("setSoftphonePanelLabel", "label"),
    setSoftphonePanelVisibility: plain("setSoftphonePanelVisibility", "visible"),
    setSoftphonePanelWidth: plain("setSoftphonePanelWidth", "widthPX"),
    subscribe,
    unsubscribe,
  };
  initialize();
})(window);
