import { merged, type Catalogue } from './catalogue';

export default merged(
  import.meta.glob<Catalogue>('../locales/it/*.json', { eager: true, import: 'default' }),
);
