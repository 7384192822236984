import type { Block, Content, Said } from './content.js';

/** The content as a page of HTML, with nothing from outside. */
export function htmlPage(content: Content): string {
  const { language, title, issuer, notices, blocks, footer } = content;
  const said = (tag: string, { text, language: own }: Said) =>
    `<${tag}${own === language ? '' : ` lang="${own}"`}>${escaped(text)}</${tag}>`;
  const blockOf = (block: Block): string => {
    switch (block.kind) {
      case 'heading':
        return `<h2>${escaped(block.text)}</h2>`;
      case 'paragraph':
        return said('p', block.said);
      case 'list':
        return `<ul>${block.items.map((item) => said('li', item)).join('')}</ul>`;
      case 'facts':
        return `<dl>${block.rows.map((row) => `<dt>${escaped(row.label)}</dt>${said('dd', row.said)}`).join('')}</dl>`;
      case 'table':
        return `<table><thead><tr>${block.columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('')}</tr></thead><tbody>${block.rows
          .map((row) => `<tr>${row.map((cell) => said('td', cell)).join('')}</tr>`)
          .join('')}</tbody></table>`;
    }
  };
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escaped(title)}</title><style>${style}</style></head><body><header><p>${escaped(issuer)}</p></header><main>`,
    `<h1>${escaped(title)}</h1>${notices.map((notice) => `<p class="notice">${escaped(notice)}</p>`).join('')}`,
    blocks.map(blockOf).join('\n'),
    `</main><footer><p>${escaped(footer)}</p></footer></body></html>\n`,
  ].join('\n');
}

const style =
  'body{font:1rem/1.5 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}' +
  'dt{font-weight:bold}dd{margin:0 0 .5rem}.notice{border-left:.2rem solid;padding-left:.8rem}' +
  'table{border-collapse:collapse}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid}footer{font-size:.85rem}';

const signs = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => signs.get(sign) as string);
}
