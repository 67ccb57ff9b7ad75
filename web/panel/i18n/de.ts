import { merged, type Catalogue } from './catalogue';

export default merged(
  import.meta.glob<Catalogue>('../locales/de/*.json', { eager: true, import: 'default' }),
);
