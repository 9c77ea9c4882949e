import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/api/bindings.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    languageOptions: { globals: globals.browser },
    rules: {
      // Layout of templates is the editor's business, not a rule.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
      'vue/require-default-prop': 'off',
      'vue/no-v-html': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['@tauri-apps/*'], message: 'Only src/api may know the window it runs in.' },
          ],
        },
      ],
    },
  },
  { files: ['src/api/**'], rules: { 'no-restricted-imports': 'off' } },
  {
    // Words for people live in the catalogue.
    files: ['src/**/*.{ts,vue}'],
    ignores: ['src/api/bindings.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'Literal[value=/[\\u3001-\\u3011\\u4e00-\\u9fff\\uff01-\\uff09\\uff0c-\\uff1f]/]',
          message: 'Words and their punctuation belong in src/i18n.',
        },
        {
          selector: 'TemplateElement[value.raw=/[\\u3001-\\u3011\\u4e00-\\u9fff\\uff01-\\uff09\\uff0c-\\uff1f]/]',
          message: 'Words and their punctuation belong in src/i18n.',
        },
      ],
      'vue/no-restricted-syntax': [
        'error',
        {
          selector: 'VText[value=/[\\u3001-\\u3011\\u4e00-\\u9fff\\uff01-\\uff09\\uff0c-\\uff1f]/]',
          message: 'Words and their punctuation belong in src/i18n.',
        },
        {
          selector: 'VLiteral[value=/[\\u3001-\\u3011\\u4e00-\\u9fff\\uff01-\\uff09\\uff0c-\\uff1f]/]',
          message: 'Words and their punctuation belong in src/i18n.',
        },
      ],
    },
  },
)
