// Who comes in, and what a page of somebody else cannot do, on the real product in a real browser.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { base32 } from '@better-auth/utils/base32';
import type { BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOfStep, stepAt } from '../../services/identity/time-code.ts';
import { launchBrowser, type Product, startProduct } from './product.ts';

const patient = { timeout: 400_000 };
const slow = { timeout: 90_000, interval: 500 };
const password = 'mật khẩu của một người';
const person = { name: 'Nguyễn Thị Lan', email: 'lan@q7.vn' };
const doctor = { name: 'Trần Văn Minh', email: 'minh@q7.vn' };

let product: Product;
let url: string;
beforeAll(async () => {
  product = await startProduct('--no-drill');
  ({ url } = product.state);
}, 400_000);
afterAll(() => product?.stop(), 60_000);

/** A browser window of somebody who has not signed in; what the policy of the page refused is kept in `refusedByPolicy`. */
async function open(hash = 'lang=vi&district=q7&screen=account'): Promise<{ page: Page; context: BrowserContext }> {
  const context = await product.browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  await page.addInitScript(`window.refusedByPolicy = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
      window.refusedByPolicy.push([violatedDirective, blockedURI, sourceFile].join(' ')));`);
  await page.goto(`${url}/#${hash}`);
  return { page, context };
}
/** Status of a request that the page itself makes. */
const asked = (page: Page, path: string, method = 'GET') =>
  page.evaluate(async ([to, how]) => (await fetch(to!, { method: how })).status, [path, method] as const);
/** Status of an answer that a page of somebody else got. The browser may keep it from us too, or never say that it came: what was let in is looked for in the rows. */
const statusOf = async (request: Request) =>
  (await Promise.race([request.response(), sleep(10_000, null, { ref: false })]))?.status() ?? 403;
const form = (page: Page, button: string) =>
  page.locator('form', { has: page.getByRole('button', { name: button, exact: true }) });
async function choosePassword(page: Page) {
  await page.locator('input[autocomplete="new-password"]').first().fill(password);
  await page.locator('form button.primary').click();
}
async function signIn(page: Page, email: string) {
  const fields = form(page, 'Đăng nhập');
  await fields.locator('input[type="email"]').fill(email);
  await fields.locator('input[type="password"]').fill(password);
  await fields.locator('button.primary').click();
}
const toAccount = (page: Page) => page.evaluate(`location.hash = 'lang=vi&district=q7&screen=account'`);
async function signOut(page: Page) {
  await toAccount(page);
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await expect.poll(() => asked(page, '/api/identity/sessions'), slow).toBe(401);
  await toAccount(page);
}

describe('people', () => {
  let admin: { page: Page; context: BrowserContext };
  let invitation: string;

  test('the first administrator comes by the link of the start, once', patient, async () => {
    const [link] = /http\S+welcome=first\S+/.exec(product.said())!;
    admin = await open(new URL(link!).hash.slice(1));
    const { page } = admin;
    await page.locator('input[autocomplete="name"]').fill(person.name);
    await page.locator('input[autocomplete="username"]').fill(person.email);
    await choosePassword(page);
    await signIn(page, person.email);
    await expect.poll(() => asked(page, '/api/identity/accounts'), slow).toBe(200);
    expect(page.url()).not.toContain('code=');
    const second = await open(new URL(link!).hash.slice(1));
    await second.page.locator('input[autocomplete="name"]').fill('Người khác');
    await second.page.locator('input[autocomplete="username"]').fill('khac@q7.vn');
    await choosePassword(second.page);
    await second.page.getByRole('alert').waitFor();
    await second.context.close();
  });

  test('he makes an account and gives it a role', patient, async () => {
    const { page } = admin;
    await toAccount(page);
    const fields = form(page, 'Thêm tài khoản');
    await fields.locator('input').first().fill(doctor.name);
    await fields.locator('input[type="email"]').fill(doctor.email);
    await fields.locator('button').click();
    invitation = (await page.locator('p[role="status"] code').textContent())!;
    const row = page.locator('li', { has: page.getByText(doctor.email) });
    await row.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
    await row.locator('select').selectOption('epidemiologist');
    await row.locator('input[placeholder="q7"]').fill('q7');
    await row.locator('form button.primary').click();
    await row.getByText('Cán bộ dịch tễ').first().waitFor();
    // Who looks after accounts reads no persons.
    expect(await asked(page, '/api/epidemic/cases?district=q7')).toBe(403);
  });

  test(
    'the second comes by his invitation, says for what, sees what his role may, and ends his session elsewhere',
    patient,
    async () => {
      const { page, context } = await open(new URL(invitation).hash.slice(1));
      await choosePassword(page);
      await signIn(page, doctor.email);
      const purpose = page.getByRole('button', { name: 'Điều tra ca bệnh, truy vết' });
      await purpose.waitFor();
      expect(await asked(page, '/api/epidemic/cases?district=q7')).toBe(403);
      await purpose.click();
      await expect.poll(() => asked(page, '/api/epidemic/cases?district=q7'), slow).toBe(200);
      expect(await asked(page, '/api/identity/accounts')).toBe(403);

      const elsewhere = await open();
      await signIn(elsewhere.page, doctor.email);
      await elsewhere.page.getByRole('button', { name: 'Điều tra ca bệnh, truy vết' }).waitFor();
      expect(await asked(elsewhere.page, '/api/identity/sessions')).toBe(200);
      await page.goto('about:blank');
      await page.goto(`${url}/#lang=vi&district=q7&screen=account`);
      await page.getByRole('button', { name: 'Kết thúc', exact: true }).click();
      await expect.poll(() => asked(elsewhere.page, '/api/identity/sessions'), slow).toBe(401);
      expect(await asked(page, '/api/identity/sessions')).toBe(200);
      await signOut(page);
      expect(await asked(page, '/api/epidemic/cases?district=q7')).toBe(401);
      await Promise.all([context.close(), elsewhere.context.close()]);
    },
  );

  test('a passkey is made on the device, and signs in without a password', patient, async () => {
    const { page, context } = await open();
    await signIn(page, doctor.email);
    await page.getByRole('button', { name: 'Điều tra ca bệnh, truy vết' }).waitFor();
    const device = await context.newCDPSession(page);
    await device.send('WebAuthn.enable');
    await device.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    const fields = form(page, 'Thêm khóa đăng nhập');
    await fields.locator('input').first().fill('Điện thoại');
    await fields.locator('input[type="password"]').fill(password);
    // A browser makes passkeys for the window that has the focus.
    await page.bringToFront();
    await fields.locator('button').click();
    const row = page.locator('li', { has: page.getByText('Điện thoại', { exact: true }) });
    const outcome = async () => [await row.count(), await page.getByRole('alert').allTextContents()];
    await expect.poll(outcome, slow).toEqual([1, []]);
    await signOut(page);
    const byPasskey = () => page.getByRole('button', { name: 'Đăng nhập bằng khóa đăng nhập' }).click();
    await byPasskey();
    await page.getByRole('button', { name: 'Điều tra ca bệnh, truy vết' }).waitFor();
    expect(await asked(page, '/api/identity/sessions')).toBe(200);
    await row.getByRole('button', { name: 'Gỡ' }).click();
    await expect.poll(() => row.count(), slow).toBe(0);
    await signOut(page);
    await byPasskey();
    await page.getByRole('alert').waitFor();
    await context.close();
  });

  test('an application is enrolled with its QR code, and is asked for at the next sign-in', patient, async () => {
    const { page, context } = await open();
    await signIn(page, doctor.email);
    const begin = form(page, 'Bật ứng dụng tạo mã');
    await begin.locator('input').fill(password);
    await begin.locator('button').click();
    await page.getByRole('img', { name: 'Mã QR' }).waitFor();
    const shown = (await page.locator('p > code').last().textContent())!;
    const secret = new TextDecoder().decode(base32.decode(shown));
    const confirm = form(page, 'Xác nhận');
    await confirm.locator('input').fill(await codeOfStep(secret, stepAt(Date.now())));
    await confirm.locator('button').click();
    await page.locator('.codes li').first().waitFor();
    const codes = await page.locator('.codes li').allTextContents();
    expect(codes.length).toBe(10);
    await page.getByRole('button', { name: 'Đã ghi lại' }).click();
    await signOut(page);
    await signIn(page, doctor.email);
    await page.getByText('Tài khoản này có xác thực hai bước').waitFor();
    expect(await asked(page, '/api/identity/sessions')).toBe(401);
    await page.locator('form input[autocomplete="one-time-code"]').fill(codes[0]!);
    await form(page, 'Đăng nhập').locator('button.primary').click();
    await expect.poll(() => asked(page, '/api/identity/sessions'), slow).toBe(200);
    await context.close();
  });

  test(
    'the policy of our pages refuses nothing of ours on any screen, and a script that was put into one',
    patient,
    async () => {
      const { page } = admin;
      const refused = () => page.evaluate<string[]>('window.refusedByPolicy');
      const said: string[] = [];
      page.on('console', (message) => {
        if (/Content Security Policy|Refused to/.test(message.text())) said.push(message.text());
      });
      for (const screen of ['map', 'wall', 'entry', 'import', 'models', 'scenarios', 'account']) {
        await page.goto('about:blank');
        await page.goto(`${url}/#lang=vi&district=q7&screen=${screen}`);
        await page.locator('main, [data-formula], dialog, form').first().waitFor();
        await page.waitForTimeout(1500);
        expect([screen, await refused()]).toEqual([screen, []]);
      }
      await page.goto(`${url}/api/reference`);
      await page.locator('.swagger-ui .opblock').first().waitFor();
      expect(await refused()).toEqual([]);
      expect(said).toEqual([]);

      await page.goto(`${url}/#lang=vi&district=q7`);
      await page.evaluate(`{
        const script = document.createElement('script');
        script.textContent = 'window.injected = true';
        document.body.append(script);
        const image = document.createElement('img');
        image.setAttribute('onerror', 'window.injected = true');
        image.src = 'data:image/png,broken';
        document.body.append(image);
      }`);
      await expect.poll(async () => (await refused()).length, slow).toBeGreaterThan(0);
      expect(await page.evaluate(`'injected' in window`)).toBe(false);
    },
  );
});

describe('a page of somebody else', () => {
  test('under another name for this machine reads nothing and writes nothing', patient, async () => {
    const browser = await launchBrowser('--host-resolver-rules=MAP evil.example 127.0.0.1');
    try {
      const page = await browser.newPage();
      const { port } = new URL(url);
      const answer = await page.goto(`http://evil.example:${port}/`);
      expect(answer?.status()).toBe(421);
      expect(await asked(page, '/api/districts')).toBe(421);
      expect(await asked(page, '/api/identity/me')).toBe(421);
      expect(await asked(page, '/api/events', 'POST')).toBe(421);
    } finally {
      await browser.close();
    }
  });

  test('posts nothing, by a form or a script, with or without a session', patient, async () => {
    const foreign = createServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>evil</title>'),
    );
    await new Promise<void>((listening) => foreign.listen(0, '127.0.0.1', listening));
    const { context } = await open();
    const day = new Date().toISOString();
    const forged = JSON.stringify({
      specversion: '1.0',
      id: 'forged',
      source: 'evil',
      type: 'case-confirmed',
      time: day,
      district: 'q7',
      data: { caseId: 'forged', confirmedDate: day.slice(0, 10) },
    });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(90_000);
      await page.goto(`http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`);
      for (const path of ['/api/imports/cases?district=q7', '/api/events', '/api/identity/sign-out']) {
        const [byForm] = await Promise.all([
          page.waitForRequest((request) => request.url() === `${url}${path}` && request.resourceType() === 'document'),
          page.evaluate(`{
            const frame = document.createElement('iframe');
            frame.name = ${JSON.stringify(path)};
            const posting = document.createElement('form');
            const to = ${JSON.stringify(url + path)};
            Object.assign(posting, { method: 'post', action: to, target: frame.name, enctype: 'multipart/form-data' });
            document.body.append(frame, posting);
            posting.submit();
          }`),
        ]);
        expect([path, await statusOf(byForm)]).toEqual([path, 403]);
        const [byScript] = await Promise.all([
          page.waitForRequest((request) => request.url() === `${url}${path}` && request.resourceType() === 'fetch'),
          page.evaluate(
            ([to, body]) =>
              fetch(to!, { method: 'POST', mode: 'no-cors', credentials: 'include', body: body! }).then(
                () => {},
                () => {},
              ),
            [`${url}${path}`, forged] as const,
          ),
        ]);
        expect([path, await statusOf(byScript)]).toEqual([path, 403]);
      }
      // What it asks for it does not read.
      expect(
        await page.evaluate(
          (to) =>
            fetch(to).then(
              () => 'read',
              () => 'refused',
            ),
          `${url}/api/districts`,
        ),
      ).toBe('refused');
      const { items } = (await (await product.fetch(`${url}/api/epidemic/cases?district=q7`)).json()) as {
        items: unknown[];
      };
      expect(items).toEqual([]);
    } finally {
      await context.close();
      foreign.close();
    }
  });
});
