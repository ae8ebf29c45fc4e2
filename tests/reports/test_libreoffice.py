"""What LibreOffice makes of the spreadsheets, where it is installed: the same cells, and no word of complaint."""

import csv
import datetime as dt
import io
import os
import shutil
import subprocess

import openpyxl
import pytest

from reports import csv_report, xlsx_report
from tests import samples

OFFICE = next((path for name in ("soffice", "libreoffice") if (path := shutil.which(name))), "")
pytestmark = pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")

#: What it says of itself on a machine without Java or a screen.
ITS_OWN = ("javaldx", "dconf", "convert ", "Writing sheet ", "Overwriting", "Gtk-WARNING", "GLib")
#: Semicolons or commas, quotation marks, UTF-8, from line 1, each column as it comes, and the language of numbers.
READING = {"vi": "59,34,76,1,,1066,false,true", "en": "44,34,76,1,,1033,false,true"}
#: Commas, quotation marks, UTF-8, values and not what is shown, every sheet in a file of its own.
WRITING = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


def convert(folder, name, to, *more):
    """Runs it with a profile of its own; its complaints fail the test."""
    command = [OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", *more]
    command += ["--convert-to", to, "--outdir", str(folder / "out"), str(folder / name)]
    environment = os.environ | {"HOME": str(folder), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=environment)
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    assert done.returncode == 0 and not [line for line in said if not any(own in line for own in ITS_OWN)], said
    return folder / "out"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_csv_opens_with_its_numbers_dates_and_letters(tmp_path, lang):
    audit = samples.province()
    (tmp_path / "report.csv").write_bytes(csv_report.render(audit, lang))
    reading = f"--infilter=Text - txt - csv (StarCalc):{READING[lang]}"
    sheet = openpyxl.load_workbook(convert(tmp_path, "report.csv", "xlsx", reading) / "report.xlsx").active
    heads = [cell.value for cell in sheet[1]]
    assert len(heads) == len(csv_report.HEADS)
    rows = [dict(zip(csv_report.HEADS, [c.value for c in row], strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert [row["rule"] for row in rows] == [f.rule for f in audit.findings]
    assert [row["points"] for row in rows] == [f.points for f in audit.findings]
    assert [row["title"] for row in rows] == [getattr(f.title, lang) for f in audit.findings]
    days = [row["newest"].date() if isinstance(row["newest"], dt.datetime) else row["newest"] for row in rows]
    assert days == [f.newest_date for f in audit.findings]
    assert [row["message"] for row in rows] == [getattr(f.message, lang) for f in audit.findings]


def test_the_workbook_opens_with_the_cells_that_were_written(tmp_path):
    audit = samples.province()
    (tmp_path / "report.xlsx").write_bytes(xlsx_report.render(audit))
    out = convert(tmp_path, "report.xlsx", WRITING)
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert {path.stem for path in out.glob("*.csv")} == {f"report-{name}" for name in book.sheetnames}
    for name in ("Nghĩa vụ", "Bằng chứng", "Việc cần làm"):
        with (out / f"report-{name}.csv").open(encoding="utf-8", newline="") as lines:
            found = list(csv.reader(lines))
        cells = [[cell.value for cell in row] for row in book[name].iter_rows()]
        assert len(found) == len(cells)
        for theirs, ours in zip(found, cells, strict=True):
            for one, other in zip(theirs, ours, strict=True):
                if isinstance(other, int | float):
                    number = float(one.rstrip("%")) / (100 if one.endswith("%") else 1)
                    assert number == pytest.approx(other, abs=0.005), (name, one, other)
                elif not isinstance(other, dt.datetime):
                    assert one == (other or ""), (name, one, other)


def test_hostile_text_is_calculated_by_nobody(tmp_path):
    audit = samples.hostile()
    (tmp_path / "report.csv").write_bytes(csv_report.render(audit))
    for separators in (
        "59,34,76,1,,1066,false,true",
        "44,34,76,1,,1033,false,true",
        "44/59/9,34,76,1,,1033,false,true",
    ):
        out = convert(tmp_path, "report.csv", "xlsx", f"--infilter=Text - txt - csv (StarCalc):{separators}")
        sheet = openpyxl.load_workbook(io.BytesIO((out / "report.xlsx").read_bytes())).active
        assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
