// The phone under test: the provider on a page of its own, by commands and reports.
import { until } from './wait.mjs';
import { HEARD_DB } from './lab.mjs';

export class Phone {
  #read = 0;

  /**
   * Opens the harness page and signs the provider in.
   *
   * @param {import('./lab.mjs').Lab} lab
   * @param {{user?: string, password?: string, settings?: Record<string, string>, ready?: boolean, context?: any, url?: string}} options
   *   settings besides server and domain; whether to wait for the registration; another browser, another address of the page
   */
  static async open(lab, { user = '1001', settings = {}, ready = true, password = `pw${user}`, context, url = `${lab.site.url}/harness` } = {}) {
    const phone = new Phone();
    phone.page = await (context ?? lab.chromium.context).newPage();
    phone.errors = [];
    phone.page.on('pageerror', (error) => phone.errors.push(error.message));
    await phone.page.goto(url);
    const all = { primaryServers: lab.url, domain: '127.0.0.1', internalLength: '4', recordHeader: 'X-Record', ...settings };
    await phone.page.evaluate((options) => globalThis.harness.start(options), { settings: all, credentials: { user, password } });
    if (ready) await phone.serves('ready');
    return phone;
  }

  /** Sends a command and gives its answer. */
  command(type, fields = {}) {
    return this.page.evaluate((command) => globalThis.harness.command(command), { type, ...fields });
  }

  /** Every report so far. */
  reports() {
    return this.page.evaluate(() => globalThis.harness.reports);
  }

  /** Waits for a report that came after those already waited for. */
  async report(type, fields = {}, ms = 10_000) {
    const fits = (report) => report.type === type && Object.entries(fields).every(([key, value]) => report[key] === value);
    const what = `the phone reports ${type} ${JSON.stringify(fields)}`;
    return until(what, async () => {
      const reports = await this.reports();
      const index = reports.findIndex((report, at) => at >= this.#read && fits(report));
      if (index < 0) throw new Error(`since then: ${JSON.stringify(reports.slice(this.#read).map((report) => report.type))}`);
      this.#read = index + 1;
      return reports[index];
    }, ms);
  }

  /** From now on only later reports count. */
  async forget() {
    this.#read = (await this.reports()).length;
  }

  serves(state, ms) {
    return this.report('service', { state }, ms);
  }

  /** What `sync` lists. */
  async calls() {
    const before = (await this.reports()).length;
    await this.command('sync');
    return (await this.reports()).slice(before).find((report) => report.type === 'sync').calls;
  }

  /** Makes the server's next answers to re-INVITEs these status lines. */
  forge(...lines) {
    return this.page.evaluate((lines) => globalThis.harness.forge(...lines), lines);
  }

  /** Waits until a tone is heard. */
  hears(hz, ms = 8_000) {
    const levels = () => this.page.evaluate((hz) => globalThis.harness.levels([hz], 600), hz);
    return until(`the agent hears ${hz} Hz`, async () => (await levels())[0] > HEARD_DB, ms);
  }

  /** The loudest a tone is within 1.5 seconds. */
  async level(hz) {
    return (await this.page.evaluate((hz) => globalThis.harness.levels([hz], 1_500), hz))[0];
  }

  close() {
    return this.page.close({ runBeforeUnload: false });
  }
}
