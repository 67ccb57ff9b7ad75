/**
 * Many visitors' sockets that stop reading, in a process of their own. Reads one line of JSON ({ port, origin,
 * tokens }), opens a socket for each token, follows its conversation, stops reading and says how many are there. Ends
 * with its standard input.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const AT_ONCE = 50;
const lines = createInterface({ input: process.stdin });
const [line] = await once(lines, 'line');
const { port, origin, tokens } = JSON.parse(line);
lines.once('close', () => process.exit(0));

let next = 0;
let held = 0;
const workers = Array.from({ length: AT_ONCE }, async () => {
  while (next < tokens.length) {
    await hold(tokens[next++]);
    held++;
  }
});
await Promise.all(workers);
console.log(JSON.stringify({ held }));

/** A frame of text as clients send them; a mask of zeros leaves it as it is. */
function frame(text) {
  const payload = Buffer.from(text);
  const short = payload.length < 126;
  const head = Buffer.alloc(short ? 2 : 4);
  head[0] = 0x81;
  head[1] = 0x80 | (short ? payload.length : 126);
  if (!short) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}

function hold(token) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let heard = '';
    let step = 0;
    const steps = [
      ['0{', () => socket.write(frame(`40/visitor,${JSON.stringify({ token })}`))],
      ['40/visitor,{', () => socket.write(frame('42/visitor,1["follow",{"conversationId":null}]'))],
      ['43/visitor,1[', () => done()],
    ];
    function done() {
      socket.pause();
      socket.removeAllListeners('data');
      socket.on('error', () => {});
      resolve();
    }
    socket.once('error', reject);
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      while (step < steps.length && heard.includes(steps[step][0])) steps[step++][1]();
    });
    const path = '/socket.io/?EIO=4&transport=websocket';
    const headers = ['Host: 127.0.0.1', `Origin: ${origin}`, 'Upgrade: websocket'];
    const more = ['Connection: Upgrade', 'Sec-WebSocket-Version: 13'];
    const key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
    socket.write([`GET ${path} HTTP/1.1`, ...headers, ...more, key, '', ''].join('\r\n'));
  });
}
