import { Command } from 'commander';
import { checkAll, type Finding } from './checks';
import { findPlace } from './place';

/** `switchyard doctor`: looks at everything that the product needs. Ends with 1 where something is wrong. */
export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('check everything that Switchyard needs, and say what to do')
    .option('--json', 'print one JSON object')
    .option('--url <url>', 'address of the API, where it is not the one that npm start runs')
    .action(async (options: { json?: true; url?: string }) => {
      const findings = await checkAll(findPlace(options.url));
      const ok = findings.every((finding) => finding.ok);
      if (options.json) console.log(JSON.stringify({ ok, checks: findings }));
      else for (const finding of findings) console.log(lineOf(finding));
      if (!ok) process.exitCode = 1;
    });

const lineOf = ({ name, ok, says }: Finding): string =>
  `${ok ? 'ok     ' : 'problem'}  ${name.padEnd(12)}  ${says}`;
