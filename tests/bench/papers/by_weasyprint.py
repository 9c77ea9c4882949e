"""The notice by WeasyPrint: a page of HTML, with a style and a font that are read once."""

from html import escape

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from rival import run

STYLE = """
@font-face { font-family: Paper; src: url("file://%s"); }
@page { size: A4; margin: 13mm 20mm 20mm; }
body { font: 10.5pt/1.6 Paper; margin: 0; text-align: justify; }
table { border-collapse: collapse; width: 100%%; font-size: 10pt; text-align: left; line-height: 1.3; }
table.ruled td, table.ruled th { border: 0.6pt solid; padding: 1mm 1.5mm; font-weight: normal; }
th { background: #f0f0f0; text-align: center; }
p, h2 { margin: 1mm 0; font-weight: normal; font-size: 10.5pt; }
p.indented { text-indent: 2em; }
.middle { text-align: center; }
.label { border: 0.9pt solid; text-align: center; }
.seal { border: 0.7pt dashed; width: 40mm; height: 40mm; margin: auto; text-align: center; }
i { display: inline-block; border-bottom: 0.6pt solid; width: 20pt; }
.foot { position: fixed; bottom: -12mm; border-top: 0.6pt solid; font-size: 8pt; }
"""


def code(code):
    bars = "".join(f"M{x} {y}h{n}v1h-{n}z" for x, y, n in code["runs"])
    side = code["side"]
    return f'<svg width="27mm" height="27mm" viewBox="0 0 {side} {side}"><path d="{bars}"/></svg>'


def pairs(block):
    def row(row):
        wide = ' colspan="3"' if len(row) == 1 else ""
        return "".join(f"<th>{escape(a)}</th><td{wide}>{escape(b)}</td>" for a, b in row)

    rows = "".join(f"<tr>{row(one)}</tr>" for one in block["rows"])
    return f'<table class="ruled">{rows}</table>'


def table(block):
    columns = block["columns"]
    html = "".join(
        f'<th style="width:{column["width"]}mm">{escape(column["title"])}</th>' for column in columns
    )
    html = f"<tr>{html}</tr>"
    for row in block["rows"]:
        first, *others = row["cells"]
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in others)
        html += f'<tr><td rowspan="{1 + len(row["notes"])}">{escape(first)}</td>{cells}</tr>'
        for note in row["notes"]:
            html += f'<tr><td colspan="{len(columns) - 1}">{escape(note)}</td></tr>'
    return f'<table class="ruled">{html}</table>'


def signature(block):
    left = "<br>".join(map(escape, block["desk"]))
    day = "<i></i>".join(map(escape, block["day"]))
    for signer in block["signers"]:
        left += f'<br>{escape(signer)}<i style="width:40mm"></i><br>{day}'
    seal = f'{escape(block["issuer"])}<div class="seal"><br><br>{escape(block["seal"])}<br><br>'
    return f'<table><td>{left}<td class="middle">{seal}{escape(block["date"])}</div></table>'


BLOCKS = {
    "address": lambda block: f"<p>{escape(block['text'])}</p>",
    "heading": lambda block: f"<h2>{escape(block['text'])}</h2>",
    "paragraph": lambda block: f'<p class="indented">{escape(block["text"])}</p>',
    "pairs": pairs,
    "table": table,
    "signature": signature,
}


def page(paper):
    name, to = map(escape, paper["label"])
    left, middle, right = map(escape, paper["foot"])
    return f"""<!doctype html><html lang="zh-CN"><body>
<table><td style="width:24mm"><div class="label">{name}<br><small>{to}</small></div>
<td class="middle"><span style="font-size:14pt">{escape(paper["issuer"])}</span><br>
<span style="font-size:20pt">{escape(paper["title"])}</span><br>{escape(paper["number"])}
<td class="middle" style="width:28mm">{code(paper["code"])}<br><small>{escape(paper["caption"])}</small></table>
{"".join(BLOCKS[block["kind"]](block) for block in paper["blocks"])}
<table class="foot"><td>{left}<td class="middle">{middle}<td style="text-align:right">{right}</table>"""


def start(font):
    fonts = FontConfiguration()
    style = CSS(string=STYLE % font, font_config=fonts)
    return lambda paper: HTML(string=page(paper)).write_pdf(stylesheets=[style], font_config=fonts)


run(start)
