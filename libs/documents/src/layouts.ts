/**
 * The layouts of documents for Typst, by number. Kept for ever: a document is made again by the layout that its template
 * names, so a layout is added, never changed. All that a document says comes in as data; nothing of it is Typst’s source.
 */
export const layouts: Readonly<Record<number, string>> = {
  1: String.raw`
#let data = json(bytes(sys.inputs.data))
#let said(one) = text(lang: one.language, one.text)
#set document(title: data.title, author: data.issuer, date: auto)
#set text(font: "Noto Sans", size: 10pt, lang: data.language, fallback: false)
#set par(leading: 0.7em, spacing: 1.1em)
#set page(
  paper: "a4",
  margin: (left: 2.5cm, right: 2.5cm, top: 2.2cm, bottom: 2.4cm),
  footer: context {
    set text(size: 8pt)
    grid(columns: (1fr, auto), column-gutter: 1em, data.footer, counter(page).display("1 / 1", both: true))
  },
)
#show heading.where(level: 1): set text(size: 16pt)
#show heading.where(level: 1): set block(above: 1.6em, below: 1em)
#show heading.where(level: 2): set text(size: 11.5pt)
#show heading.where(level: 2): set block(above: 1.6em, below: 0.8em)
#show terms: set block(above: 1.2em, below: 1.2em)
#show table.cell.where(y: 0): set text(weight: "bold")

#text(weight: "bold", data.issuer)

#heading(level: 1, data.title)
#for notice in data.notices { block(inset: (left: 0.8em), stroke: (left: 2pt), notice) }
#for one in data.blocks {
  if one.kind == "heading" { heading(level: 2, one.text) }
  if one.kind == "paragraph" { par(said(one.said)) }
  if one.kind == "list" { list(..one.items.map(said)) }
  if one.kind == "facts" {
    terms(separator: [: ], ..one.rows.map(row => terms.item(row.label, said(row.said))))
  }
  if one.kind == "table" {
    table(
      columns: one.columns.len(),
      stroke: (x, y) => (bottom: if y == 0 { 1pt } else { 0.4pt }),
      inset: (x: 0.6em, y: 0.45em),
      table.header(..one.columns),
      ..one.rows.flatten().map(said),
    )
  }
}
`,
};
