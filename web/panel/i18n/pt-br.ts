import { merged, type Catalogue } from './catalogue';

export default merged(
  import.meta.glob<Catalogue>('../locales/pt-BR/*.json', { eager: true, import: 'default' }),
);
