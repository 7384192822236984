import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { SmtpMessenger } from './smtp-messenger.js';

const message = {
  id: 'b3c7d6a4-1f0e-5c39-9d52-0a7e5f4c2b18',
  kind: 'call-applications-end',
  to: 'digituki@kuvitteellinen.example',
  subject: 'Muistutus: hakuaika päättyy',
  text: 'Hakuaika päättyy 15.10.2026 klo 16.15.\n',
};
const from = 'rekisteri@kuvitteellinen.example';
const answer = (code: number) => Object.assign(new Error('no'), { responseCode: code });

describe('the SMTP messenger', () => {
  // The test server warns of the key that it ships.
  beforeAll(() => void jest.spyOn(console, 'error').mockReturnValue());
  afterAll(() => void jest.restoreAllMocks());

  const open: (SMTPServer | Server)[] = [];
  const sockets = new Set<Socket>();
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all(open.splice(0).map((server) => new Promise<void>((closed) => server.close(() => closed()))));
  });

  const portOf = (server: Server) => (server.address() as AddressInfo).port;
  /** A mail server of the specs, on the port or on any. */
  const mailServer = async (options: SMTPServerOptions, port = 0) => {
    const server = new SMTPServer({ hideSTARTTLS: true, authOptional: true, closeTimeout: 1, ...options });
    open.push(server);
    server.on('error', () => undefined);
    server.server.on('connection', (socket: Socket) => sockets.add(socket));
    server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
    return portOf(server.server);
  };
  /** A server that says what it is told to say, line by line, and then hangs or hangs up; what it hears is put into `heard`. */
  const scripted = async (answers: readonly string[], end: 'hangs' | 'hangs up', heard: string[] = []) => {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      const left = [...answers];
      const next = () => {
        const line = left.shift();
        if (line !== undefined) socket.write(`${line}\r\n`);
        else if (end === 'hangs up') socket.destroy();
      };
      let isData = false;
      let buffered = '';
      socket.on('data', (chunk) => {
        buffered += chunk.toString();
        for (;;) {
          const stop = isData ? '\r\n.\r\n' : '\r\n';
          const at = buffered.indexOf(stop);
          if (at === -1) return;
          const line = buffered.slice(0, at);
          buffered = buffered.slice(at + stop.length);
          heard.push(line);
          isData = line === 'DATA';
          next();
        }
      });
      next();
    });
    open.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return portOf(server);
  };
  const messenger = (port: number, { user = '', protocol = 'smtp', timeoutMs = 10_000 } = {}) =>
    new SmtpMessenger({ url: new URL(`${protocol}://${user}127.0.0.1:${port}`), from }, timeoutMs, { rejectUnauthorized: false });

  it('hands a message over, from whom, to whom, and under a Message-ID of its own', async () => {
    const taken: { to: string[]; content: string }[] = [];
    const port = await mailServer({
      onData(stream, { envelope }, done) {
        let content = '';
        stream.on('data', (chunk: Buffer) => (content += chunk.toString()));
        stream.on('end', () => (taken.push({ to: envelope.rcptTo.map(({ address }) => address), content }), done()));
      },
    });
    const messageId = `<${message.id}@kuvitteellinen.example>`;
    expect(await messenger(port).deliver(message)).toEqual({ outcome: 'accepted', channel: 'email', messageId });
    expect(taken).toMatchObject([{ to: [message.to] }]);
    for (const line of [`From: ${from}`, `To: ${message.to}`, `Message-ID: ${messageId}`, 'Auto-Submitted: auto-generated', 'Hakuaika'])
      expect(taken[0]?.content).toContain(line);
  });

  it.each([
    [450, { outcome: 'failed', trouble: 'answered-450' }],
    [550, { outcome: 'refused', trouble: 'answered-550' }],
    [503, { outcome: 'failed', trouble: 'answered-503' }],
  ])('takes a server’s %d for what it is, to the sender, to the recipient and to the message', async (code, outcome) => {
    const refusing = (_: unknown, __: unknown, done: (error?: Error | null) => void) => done(answer(code));
    for (const options of [{ onMailFrom: refusing }, { onRcptTo: refusing }] as SMTPServerOptions[])
      expect(await messenger(await mailServer(options)).deliver(message)).toEqual(outcome);
    const port = await mailServer({ onData: (stream, _, done) => (stream.resume(), stream.on('end', () => done(answer(code)))) });
    expect(await messenger(port).deliver(message)).toEqual(outcome);
  });

  it.each(['421 Down for maintenance', '554 No service'])('tries again where the server greets it with %s', async (greeting) => {
    expect(await messenger(await scripted([greeting], 'hangs')).deliver(message)).toMatchObject({ outcome: 'failed' });
  });

  const upTo = {
    greeting: ['220 hello'],
    ehlo: ['220 hello', '250 hello'],
    sender: ['220 hello', '250 hello', '250 ok'],
    recipient: ['220 hello', '250 hello', '250 ok', '250 ok'],
  };
  it.each(Object.entries(upTo))('tries again where the server hangs, or hangs up, after the %s', async (_, answers) => {
    expect(await messenger(await scripted(answers, 'hangs up')).deliver(message)).toMatchObject({ outcome: 'failed' });
    expect(await messenger(await scripted(answers, 'hangs'), { timeoutMs: 150 }).deliver(message)).toEqual({
      outcome: 'failed',
      trouble: 'timed-out',
    });
  });

  it('writes an internationalised domain in ASCII, in the envelope as in the header: a server need not know SMTPUTF8', async () => {
    const heard: string[] = [];
    const port = await scripted([...upTo.recipient, '354 go on', '250 taken'], 'hangs', heard);
    const settings = { url: new URL(`smtp://127.0.0.1:${port}`), from: 'rekisteri@kehittämis.example' };
    const domain = 'xn--kehittmis-02a.example';
    expect(await new SmtpMessenger(settings).deliver({ ...message, to: 'hakija@töölö.example' })).toEqual({
      outcome: 'accepted',
      channel: 'email',
      messageId: `<${message.id}@${domain}>`,
    });
    expect(heard.slice(1, 3)).toEqual([`MAIL FROM:<rekisteri@${domain}>`, 'RCPT TO:<hakija@xn--tl-fkaab.example>']);
    for (const said of [`From: rekisteri@${domain}`, 'To: hakija@xn--tl-fkaab.example', `<${message.id}@${domain}>`])
      expect(heard[4]).toContain(said);
  });

  it('does not know what came of a message that the server took and did not answer', async () => {
    const answers = [...upTo.recipient, '354 go on'];
    expect(await messenger(await scripted(answers, 'hangs up')).deliver(message)).toEqual({
      outcome: 'unknown',
      trouble: 'connection-lost',
    });
    expect(await messenger(await scripted(answers, 'hangs'), { timeoutMs: 150 }).deliver(message)).toEqual({
      outcome: 'unknown',
      trouble: 'timed-out',
    });
    expect(await messenger(await scripted([...answers, 'what?'], 'hangs up')).deliver(message)).toMatchObject({ outcome: 'unknown' });
  });

  it('tries again where there is no server, and finds it when it is back', async () => {
    const port = await mailServer({});
    await new Promise<void>((closed) => (open.pop() as SMTPServer).close(() => closed()));
    const same = messenger(port);
    expect(await same.deliver(message)).toEqual({ outcome: 'failed', trouble: 'connection-failed' });
    await mailServer({ onData: (stream, _, done) => (stream.resume(), stream.on('end', () => done())) }, port);
    expect(await same.deliver(message)).toMatchObject({ outcome: 'accepted' });
  });

  it('logs in over an encrypted line only, and tries again where that fails', async () => {
    const logins: string[] = [];
    const options: SMTPServerOptions = {
      authOptional: false,
      onAuth: ({ username, password }, _, done) => (
        logins.push(`${username} ${password}`),
        password === 'p@ss' ? done(null, { user: username ?? '' }) : done(answer(535))
      ),
      onData: (stream, _, done) => (stream.resume(), stream.on('end', () => done())),
    };
    const secured = await mailServer({ ...options, secure: true });
    expect(await messenger(secured, { protocol: 'smtps', user: 'rekisteri:p%40ss@' }).deliver(message)).toMatchObject({
      outcome: 'accepted',
    });
    expect(await messenger(secured, { protocol: 'smtps', user: 'rekisteri:wrong@' }).deliver(message)).toEqual({
      outcome: 'failed',
      trouble: 'login-failed',
    });
    const upgraded = await mailServer({ ...options, hideSTARTTLS: false });
    expect(await messenger(upgraded, { user: 'rekisteri:p%40ss@' }).deliver(message)).toMatchObject({ outcome: 'accepted' });
    const inTheClear = await mailServer({ ...options, allowInsecureAuth: true, disabledCommands: ['STARTTLS'] });
    expect(await messenger(inTheClear, { user: 'rekisteri:p%40ss@' }).deliver(message)).toMatchObject({ outcome: 'failed' });
    expect(logins).toEqual(['rekisteri p@ss', 'rekisteri wrong', 'rekisteri p@ss']);
  });
});
