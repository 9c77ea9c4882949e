"""The notice by typst: `notice.typ`, compiled by one compiler that keeps the font."""

import json
import os

import typst

from rival import run


def start(font):
    here = os.path.dirname(os.path.abspath(__file__))
    compiler = typst.Compiler(
        os.path.join(here, "notice.typ"),
        root=here,
        font_paths=[os.path.dirname(font)],
        ignore_system_fonts=True,
    )
    return lambda paper: compiler.compile(
        format="pdf", sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)}
    )


run(start)
