// What is wrong with the microphone: four causes, four words, and each is over without a reload once it is mended.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { startChromium } from './lab/chromium.mjs';
import { AGENT_HZ, openLab } from './lab/lab.mjs';
import { Phone } from './lab/phone.mjs';

const { lab, skip } = await openLab();

describe('sip microphone', { skip, timeout: 120_000 }, () => {
  /** @type {Awaited<ReturnType<typeof startChromium>>} a browser that asks before it gives the microphone */
  let asking;
  let session;

  before(async () => {
    asking = await startChromium({ microphoneHz: AGENT_HZ, allow: false, flags: ['--host-resolver-rules=MAP phone.test 127.0.0.1'] });
    // Permissions given over a session last as long as it does.
    session = await asking.browser.newBrowserCDPSession();
  });
  after(async () => {
    await asking.close();
    await lab.close();
  });

  /** Dials and expects to be told what is wrong; nothing rings anywhere. */
  async function refused(phone, media) {
    const answer = await phone.command('makeCall', { to: '600', record: '' });
    assert.equal(answer.type, 'refused');
    assert.equal(answer.reason, 'media');
    await phone.report('media', { media });
    assert.deepEqual(await phone.calls(), []);
    assert.deepEqual(await lab.ami.channels('1001'), []);
  }

  const permission = (setting) => session.send('Browser.setPermission', { permission: { name: 'microphone' }, setting, origin: lab.site.url });

  /** A phone whose page goes when the test does, however it ends. */
  async function open(test, options) {
    const phone = await Phone.open(lab, options);
    test.after(() => phone.close());
    return phone;
  }

  test('an agent who said no is told so, and can call after saying yes, without a reload', async (t) => {
    await permission('denied');
    const phone = await open(t, { context: asking.context });
    await refused(phone, 'denied');
    await permission('granted');
    assert.equal((await phone.command('makeCall', { to: '600', record: '' })).type, 'done');
    await phone.report('media', { media: 'usable' });
    await phone.report('established');
  });

  test('a ringing call goes on ringing when the microphone is refused', async (t) => {
    await permission('denied');
    const phone = await open(t, { context: asking.context });
    const far = await lab.farEnd();
    t.after(() => far.page.close());
    const outside = await far.do('call', '1001');
    const { call } = await phone.report('delivered');
    assert.equal((await phone.command('answer', { call })).reason, 'media');
    assert.equal((await phone.calls())[0].state, 'alerting');
    assert.equal(await far.do('state', outside), 'ringing');
    await permission('granted');
    assert.equal((await phone.command('answer', { call })).type, 'done');
    await far.is(outside, 'talking');
  });

  test('a page around the phone that keeps the microphone to itself is named', async (t) => {
    await permission('granted');
    const phone = await open(t, { context: asking.context, url: `${lab.site.url}/harness-without-microphone` });
    await refused(phone, 'blockedByPolicy');
  });

  test('a page without https is named', async (t) => {
    const phone = await open(t, { context: asking.context, url: `${lab.site.url.replace('localhost', 'phone.test')}/harness` });
    await refused(phone, 'insecure');
  });

  test('a computer without microphone is named', async (t) => {
    const deaf = await startChromium();
    t.after(() => deaf.close());
    const phone = await open(t, { context: deaf.context });
    await refused(phone, 'noDevice');
  });
});
