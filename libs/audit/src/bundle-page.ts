import type { webcrypto } from 'node:crypto';
import { canonicalJson } from '#kernel/canonical-json';

/** What the page of a bundle has of it: the texts of its files. */
export interface PageParts {
  readonly selection: { readonly kind: string; readonly key: string };
  /** What bundle.json says: whoever changes it must change the page, too. */
  readonly about: string;
  readonly key: string;
  readonly checkpoint: string;
  readonly events: readonly string[];
  /** None where the bundle has the whole log. */
  readonly proofs: readonly string[];
  /** The documents that events name by their hashes, by these. */
  readonly documents: ReadonlyMap<string, Buffer>;
  /** The files that no signature binds, by their names: views, schemas, texts, who was forgotten. */
  readonly unproven: Readonly<Record<string, string>>;
}

/** What the page itself has: documents as texts in base64. */
export interface PageContent extends Omit<PageParts, 'documents'> {
  readonly documents: Readonly<Record<string, string>>;
}

export interface PageReport {
  readonly isSigned: boolean | 'not-checked';
  /** By event whether it is proven. */
  readonly proven: readonly boolean[];
  /** By the hash of a document whether it is the one that a proven event names. */
  readonly documents: Readonly<Record<string, boolean>>;
  readonly size: number;
}

/**
 * Verifies a bundle with nothing but WebCrypto. This function is written into the page as it stands: it may use nothing
 * from outside of itself. A browser without Ed25519 checks the tree and says that it did not check the signature.
 */
export async function verifyInPage(parts: PageContent, subtle: webcrypto.SubtleCrypto): Promise<PageReport> {
  const utf8 = (text: string) => new TextEncoder().encode(text);
  const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const joined = (...arrays: Uint8Array[]) => Uint8Array.from(arrays.flatMap((one) => [...one]));
  const sha256 = async (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(await subtle.digest('SHA-256', bytes));
  const isSame = (a: Uint8Array | undefined, b: Uint8Array | undefined) =>
    a !== undefined && b !== undefined && a.length === b.length && a.every((byte, index) => byte === b[index]);
  const hexOf = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const leafHash = (leaf: string) => sha256(joined(Uint8Array.of(0), utf8(leaf)));
  const nodeHash = (left: Uint8Array, right: Uint8Array) => sha256(joined(Uint8Array.of(1), left, right));

  const end = parts.checkpoint.lastIndexOf('\n\n');
  const text = parts.checkpoint.slice(0, end + 1);
  const [origin = '', sizeText = '', rootText = ''] = text.split('\n');
  const [size, root] = [Number(sizeText), bytesOf(rootText)];

  const signature = async (): Promise<PageReport['isSigned']> => {
    const [, name = '', id = '', material = ''] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(parts.key.trim()) ?? [];
    const key = bytesOf(material);
    const keyId = (await sha256(joined(utf8(`${name}\n`), key))).slice(0, 4);
    if (hexOf(keyId) !== id || name !== origin || key[0] !== 1 || key.length !== 33) return false;
    const line = parts.checkpoint
      .slice(end + 2)
      .split('\n')
      .map((one) => one.split(' '))
      .find(([dash, by, signed]) => dash === '—' && by === name && isSame(bytesOf(signed ?? '').slice(0, 4), keyId));
    if (!line) return false;
    let imported;
    try {
      imported = await subtle.importKey('raw', key.slice(1), 'Ed25519', false, ['verify']);
    } catch {
      return 'not-checked';
    }
    return subtle.verify('Ed25519', imported, bytesOf(line[2] ?? '').slice(4), utf8(text));
  };

  const isIncluded = async (leaf: string, proofText: string): Promise<boolean> => {
    const [head = '', checkpoint = ''] = [
      proofText.slice(0, proofText.indexOf('\n\n') + 1),
      proofText.slice(proofText.indexOf('\n\n') + 2),
    ];
    const [format, indexLine = '', ...hashes] = head.trimEnd().split('\n');
    if (format !== 'c2sp.org/tlog-proof@v1' || checkpoint !== parts.checkpoint || !indexLine.startsWith('index ')) return false;
    let [at, last, found] = [Number(indexLine.slice(6)), size - 1, await leafHash(leaf)];
    if (!(at >= 0 && at <= last)) return false;
    for (const other of hashes.map(bytesOf)) {
      if (last === 0) return false;
      if (at % 2 === 1 || at === last) {
        found = await nodeHash(other, found);
        while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
      } else found = await nodeHash(found, other);
      [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    }
    return last === 0 && isSame(found, root);
  };

  const isWhole = async (): Promise<boolean> => {
    if (parts.events.length !== size) return false;
    const edge: { hash: Uint8Array; leaves: number }[] = [];
    for (const leaf of parts.events) {
      let one: { hash: Uint8Array; leaves: number } = { hash: await leafHash(leaf), leaves: 1 };
      for (let left = edge.at(-1); left?.leaves === one.leaves; left = edge.at(-1)) {
        edge.pop();
        one = { hash: await nodeHash(left.hash, one.hash), leaves: 2 * one.leaves };
      }
      edge.push(one);
    }
    let found = edge.pop()?.hash ?? (await sha256(new Uint8Array(0)));
    for (let left = edge.pop(); left; left = edge.pop()) found = await nodeHash(left.hash, found);
    return isSame(found, root);
  };

  const namedIn = (leaf: string): readonly { readonly sha256?: unknown }[] => {
    const { data } = JSON.parse(leaf) as { data: { documents?: readonly { readonly sha256?: unknown }[] } | null };
    return data?.documents ?? [];
  };
  const documentsOf = async (proven: readonly boolean[]): Promise<PageReport['documents']> => {
    const named = new Set(parts.events.flatMap((leaf, index) => (proven[index] ? namedIn(leaf) : [])).map((one) => one.sha256));
    const found: [string, boolean][] = [];
    for (const [hash, content] of Object.entries(parts.documents))
      found.push([hash, named.has(hash) && hexOf(await sha256(bytesOf(content))) === hash]);
    return Object.fromEntries(found);
  };

  const isSigned = await signature();
  const proven: boolean[] = [];
  const whole = parts.proofs.length === 0 && (await isWhole());
  for (const [index, leaf] of parts.events.entries())
    proven.push(parts.proofs.length === 0 ? whole : await isIncluded(leaf, parts.proofs[index] ?? ''));
  return { isSigned, proven, documents: await documentsOf(proven), size };
}

/** What the page shows, in the three languages. */
const texts = {
  proven: {
    fi: 'Kaikki tapahtumat ovat lokissa, jonka tarkistuspiste on allekirjoitettu avaimella',
    sv: 'Alla händelser finns i loggen vars kontrollpunkt är undertecknad med nyckeln',
    en: 'All events stand in the log whose checkpoint is signed with the key',
  },
  unsigned: {
    fi: 'Kaikki tapahtumat kuuluvat tarkistuspisteen puuhun. Tämä selain ei osaa tarkistaa allekirjoitusta (Ed25519)',
    sv: 'Alla händelser hör till kontrollpunktens träd. Denna webbläsare kan inte kontrollera underskriften (Ed25519)',
    en: 'All events belong to the tree of the checkpoint. This browser cannot check the signature (Ed25519)',
  },
  failed: {
    fi: 'EI TODISTETTU: jotakin on muutettu. Allekirjoitus tai punaisella merkityt tapahtumat eivät täsmää',
    sv: 'INTE BEVISAT: något har ändrats. Underskriften eller händelserna i rött stämmer inte',
    en: 'NOT PROVEN: something was changed. The signature or the events in red do not agree',
  },
  sent: {
    fi: 'Asiakirja on tavulleen se, jonka tiivisteen tapahtuma sisältää',
    sv: 'Handlingen är byte för byte den vars kondensat händelsen har',
    en: 'The document is, byte for byte, the one whose hash the event has',
  },
  otherBytes: {
    fi: 'ASIAKIRJA EI OLE se, jonka tiivisteen tapahtuma sisältää',
    sv: 'HANDLINGEN ÄR INTE den vars kondensat händelsen har',
    en: 'THE DOCUMENT IS NOT the one whose hash the event has',
  },
  missing: {
    fi: 'Asiakirjaa ei voitu tehdä uudelleen samoin tavuin: sitä ei ole mukana',
    sv: 'Handlingen kunde inte göras på nytt med samma byte: den är inte med',
    en: 'The document could not be made again with the same bytes: it is not here',
  },
  derived: {
    fi: 'Alla oleva on johdettu tapahtumista. Mikään allekirjoitus ei sido sitä: digituki audit verify laskee sen uudelleen',
    sv: 'Det som följer är härlett ur händelserna. Ingen underskrift binder det: digituki audit verify räknar om det',
    en: 'What follows was derived from the events. No signature binds it: digituki audit verify computes it again',
  },
  compare: {
    fi: 'Vertaa avainta siihen, jonka rekisterin pitäjä on julkaissut muualla.',
    sv: 'Jämför nyckeln med den som registrets förvaltare har publicerat på annat håll.',
    en: 'Compare the key with the one that the keeper of the register has published elsewhere.',
  },
};

const showing = `
const parts = JSON.parse(document.getElementById('bundle').textContent);
const put = (parent, tag, text) => { const one = document.createElement(tag); one.textContent = text; parent.append(one); return one; };
const inThree = (parent, tag, words, end) => { for (const language of ['fi', 'sv', 'en']) put(parent, tag, words[language] + end).lang = language; };
const fold = (parent, summary, text) => { const details = put(parent, 'details', ''); put(details, 'summary', summary); put(details, 'pre', text); };
const said = (name) => JSON.parse(parts.unproven[name] || '{}');
const [titles, forgotten] = [said('texts.json'), said('forgotten.json')];
const forgottenText = (person) => '⟨forgotten ' + forgotten[person].at + (forgotten[person].event ? ', event ' + forgotten[person].event + ', leaf ' + forgotten[person].leaf : '') + '⟩';
const shown = (value) => JSON.stringify(value, (_, one) => {
  const sealed = typeof one === 'string' && /^v1\\.([^.]+)\\.[\\w-]+$/.exec(one);
  return !sealed ? one : forgotten[sealed[1]] ? forgottenText(sealed[1]) : '⟨sealed, of ' + sealed[1] + '⟩';
}, 2);
const putDocument = (parent, { document: name, language, sha256 }, isSame) => {
  if (isSame === undefined) return inThree(parent, 'div', texts.missing, ': ' + name + ' (' + language + ') ' + sha256);
  const line = put(parent, 'div', '');
  const link = put(line, 'a', name + ' (' + language + ')');
  link.href = URL.createObjectURL(new Blob([Uint8Array.from(atob(parts.documents[sha256]), (sign) => sign.charCodeAt(0))], { type: 'application/pdf' }));
  link.download = name + '-' + language + '.pdf';
  line.className = isSame ? 'proven' : 'unproven';
  inThree(line, 'div', isSame ? texts.sent : texts.otherBytes, '.');
};
const main = document.querySelector('main');
verifyInPage(parts, crypto.subtle).catch((error) => ({ isSigned: false, proven: [], documents: {}, size: 0, error })).then((report) => {
  const all = report.proven.length === parts.events.length && report.proven.every(Boolean) && Object.values(report.documents).every(Boolean);
  const result = !all || !report.isSigned ? 'failed' : report.isSigned === 'not-checked' ? 'unsigned' : 'proven';
  document.body.dataset.result = result;
  inThree(main, 'p', texts[result], (result === 'proven' ? ': ' + parts.key.trim() : '') + '.');
  inThree(main, 'p', texts.compare, '');
  if (report.error) put(main, 'p', String(report.error));
  put(main, 'pre', parts.selection.kind + ' ' + parts.selection.key + '\\n' + parts.events.length + ' / ' + report.size + '\\n\\n' + parts.checkpoint);
  const table = put(main, 'table', '');
  for (const [index, text] of parts.events.entries()) {
    let event = {};
    try { event = JSON.parse(text); } catch {}
    const metadata = event.metadata || {};
    const row = put(table, 'tr', '');
    row.className = report.proven[index] ? 'proven' : 'unproven';
    for (const cell of [metadata.recordedAt, event.type, event.stream + ' ' + event.revision, (metadata.actor || {}).role]) put(row, 'td', cell ?? '');
    const details = put(row, 'td', '');
    if (titles[event.type]) inThree(details, 'div', titles[event.type], '');
    fold(details, '{…}', shown(event));
    const named = (event.data || {}).documents;
    for (const one of Array.isArray(named) ? named : []) putDocument(details, one, report.documents[one.sha256]);
  }
  const names = Object.keys(parts.unproven).sort();
  const derived = put(main, 'section', '');
  derived.id = 'derived';
  inThree(derived, 'p', texts.derived, '.');
  fold(derived, 'bundle.json', parts.about);
  for (const name of names) {
    const rows = name.endsWith('.jsonl') ? parts.unproven[name].trimEnd().split('\\n').map((line) => shown(JSON.parse(line))).join('\\n') : parts.unproven[name];
    fold(derived, name, rows);
  }
});`;

/** The page that verifies a bundle and shows it, opened from a file and without a network. */
export function bundlePage(parts: PageParts): string {
  const documents = Object.fromEntries([...parts.documents].map(([hash, content]) => [hash, content.toString('base64')]));
  const content: PageContent = { ...parts, documents };
  const json = canonicalJson(content).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>Digituki: ${escaped(`${parts.selection.kind} ${parts.selection.key}`)}</title>
<style>body{font:16px/1.5 sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}pre{white-space:pre-wrap;word-break:break-all}section{border-left:4px solid #999;padding-left:1rem;margin-top:2rem}td{vertical-align:top;padding:.2rem .8rem .2rem 0;border-top:1px solid #ccc}.unproven{color:#b00020}[data-result=failed] main>p:nth-of-type(-n+3){color:#b00020;font-weight:bold}</style>
<main><h1>${escaped(`${parts.selection.kind} ${parts.selection.key}`)}</h1></main>
<script type="application/json" id="bundle">${json}</script>
<script>
const texts = ${JSON.stringify(texts)};
${verifyInPage.toString()}
${showing}
</script>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
