import { LANGUAGES, languageFor } from './languages';

it.each([
  [['de'], 'de'],
  [['DE-at'], 'de'],
  [['pt'], 'pt-BR'],
  [['pt-PT', 'fr'], 'pt-BR'],
  [['xx', 'it-CH'], 'it'],
  [['xx'], 'en'],
  [[], 'en'],
  [[''], 'en'],
])('for %j there is %s', (wanted, language) => {
  expect(languageFor(wanted, LANGUAGES)).toBe(language);
});

it('falls back on the first that is offered', () => {
  expect(languageFor(['en'], ['es', 'fr'])).toBe('es');
});
