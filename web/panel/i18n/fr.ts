import { merged, type Catalogue } from './catalogue';

export default merged(
  import.meta.glob<Catalogue>('../locales/fr/*.json', { eager: true, import: 'default' }),
);
