/** Preloaded into a process whose clock a test sets: at SIGHUP it reads by how many milliseconds it is to be wrong. */
const { readFileSync } = require('node:fs');

const Real = Date;
let offset = 0;

process.on('SIGHUP', () => {
  offset = Number(readFileSync(process.env.SWITCHYARD_CLOCK_FILE, 'utf8'));
});

globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + offset);
    else super(...given);
  }

  static now() {
    return Real.now() + offset;
  }
};
