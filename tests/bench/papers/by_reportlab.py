"""The notice by ReportLab: its tables and paragraphs, with a font that is read once."""

import io
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from rival import run

WIDTH = 170 * mm


def style(size, align=0, indent=0):
    return ParagraphStyle(
        f"{size} {align} {indent}", fontName="Paper", fontSize=size, leading=size * 1.45,
        alignment=align, firstLineIndent=indent, wordWrap="CJK",
    )


LEFT, BODY, CELL, MIDDLE = style(10.5), style(10.5, 4, 21), style(10), style(10, 1)
SMALL, ISSUER, TITLE = style(8, 1), style(14, 1), style(20, 1)
FOOT = [style(8), style(8, 1), style(8, 2)]
TIGHT = [("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]
RULED = TIGHT + [("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]


def words(text, style):
    return Paragraph(escape(text), style)


class Code(Flowable):
    """The code as one path."""

    def __init__(self, code):
        super().__init__()
        self.code, self.width, self.height = code, 27 * mm, 27 * mm

    def draw(self):
        unit = self.width / self.code["side"]
        path = self.canv.beginPath()
        for x, y, length in self.code["runs"]:
            path.rect(x * unit, self.height - (y + 1) * unit, length * unit, unit)
        self.canv.drawPath(path, stroke=0, fill=1)


def pairs(block):
    rows, spans = [], []
    for i, row in enumerate(block["rows"]):
        cells = [words(text, MIDDLE if j == 0 else CELL) for pair in row for j, text in enumerate(pair)]
        if len(row) == 1:
            spans.append(("SPAN", (1, i), (3, i)))
        rows.append(cells + [""] * (4 - len(cells)))
    return Table(rows, [24 * mm, 61 * mm, 24 * mm, 61 * mm], style=RULED + spans)


def table(block):
    columns = block["columns"]
    rows, spans = [[words(column["title"], MIDDLE) for column in columns]], []
    for row in block["rows"]:
        top = len(rows)
        spans.append(("SPAN", (0, top), (0, top + len(row["notes"]))))
        rows.append([words(cell, CELL) for cell in row["cells"]])
        for note in row["notes"]:
            spans.append(("SPAN", (1, len(rows)), (-1, len(rows))))
            rows.append(["", words(note, CELL)] + [""] * (len(columns) - 2))
    return Table(rows, [column["width"] * mm for column in columns], style=RULED + spans)


def signature(block):
    left = [words(text, LEFT) for text in block["desk"]]
    for signer in block["signers"]:
        left += [words(signer, LEFT), words("\u2003\u2003".join(block["day"]), LEFT)]
    seal = Table(
        [[words(block["seal"], MIDDLE)], [words(block["date"], MIDDLE)]], [40 * mm], [30 * mm, 10 * mm],
        style=[("BOX", (0, 0), (-1, -1), 0.7, colors.black, None, (4, 3))],
    )
    return Table([[left, [words(block["issuer"], MIDDLE), seal]]], [110 * mm, 60 * mm], style=TIGHT)


BLOCKS = {
    "address": lambda block: words(block["text"], LEFT),
    "heading": lambda block: words(block["text"], LEFT),
    "paragraph": lambda block: words(block["text"], BODY),
    "pairs": pairs,
    "table": table,
    "signature": signature,
}


def start(font):
    pdfmetrics.registerFont(TTFont("Paper", font))

    def make(paper):
        name, to = paper["label"]
        label = Table([[[words(name, MIDDLE), words(to, SMALL)]]], style=[("BOX", (0, 0), (-1, -1), 0.9, colors.black)])
        title = [words(paper["issuer"], ISSUER), words(paper["title"], TITLE), words(paper["number"], MIDDLE)]
        code = [Code(paper["code"]), words(paper["caption"], SMALL)]
        story = [Table([[label, title, code]], [30 * mm, 110 * mm, 30 * mm])]
        story += [BLOCKS[block["kind"]](block) for block in paper["blocks"]]

        def foot(canvas, _):
            canvas.line(20 * mm, 20 * mm, 20 * mm + WIDTH, 20 * mm)
            for i, (text, style) in enumerate(zip(paper["foot"], FOOT)):
                line = words(text, style)
                line.wrapOn(canvas, WIDTH / 3, 20 * mm)
                line.drawOn(canvas, 20 * mm + i * WIDTH / 3, 14 * mm)

        out = io.BytesIO()
        document = SimpleDocTemplate(
            out, pagesize=A4, leftMargin=20 * mm, rightMargin=20 * mm, topMargin=10 * mm, bottomMargin=20 * mm
        )
        document.build(story, onFirstPage=foot)
        return out.getvalue()

    return make


run(start)
