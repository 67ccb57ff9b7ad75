import './styles/base.css';
import './styles/conversation.css';
import './styles/forms.css';
import './styles/devices.css';
import { meetHost } from './state/host';

// What the website's page keeps for us must be here before anything is read of it.
void meetHost().then(async (met) => (await import('./run')).run(met));
