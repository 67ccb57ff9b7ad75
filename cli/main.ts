/** The command line: `npx switchyard <command>` in the checkout. Says what to do where something is wrong. */
import { Command } from 'commander';
import { demoCommand } from './demo';
import { doctorCommand } from './doctor';
import { explainCommand } from './explain';
import { exportArrivalsCommand } from './export-arrivals';
import { Failure, reasonOf } from './failure';
import { migrateCommand } from './migrate';
import { reconcileCommand } from './reconcile';
import { simulateCommand } from './simulate';
import { userCommand } from './user';

const program = new Command('switchyard')
  .description('Looks after a Switchyard on this machine or elsewhere.')
  .addCommand(doctorCommand())
  .addCommand(demoCommand())
  .addCommand(explainCommand())
  .addCommand(simulateCommand())
  .addCommand(exportArrivalsCommand())
  .addCommand(reconcileCommand())
  .addCommand(migrateCommand())
  .addCommand(userCommand());

// Whoever reads may stop reading (`| head`): what was begun is ended all the same.
process.stdout.on('error', () => undefined);

program.parseAsync().then(
  () => process.exit(),
  (error: unknown) => {
    const said = error instanceof Failure ? error.message : `It did not work: ${reasonOf(error)}`;
    process.stderr.write(`${said}\n`);
    process.exit(1);
  },
);
