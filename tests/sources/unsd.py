"""The United Nations Statistics Division: long JSON, wide files and a workbook of 2019, and the 2020-10 snapshot."""

import csv
import gzip
import io
import json
import re
from pathlib import Path

import openpyxl

from . import Source

PUBLISHER = "United Nations Statistics Division"
LONG = {
    "2019.Q2.G.01": ("10.c.1_Series_SI_RMT_COST", "16.2.2_Series_VC_HTF_DETV", "17.3.2_Series_BX_TRF_PWKR"),
    "2019.Q3.G.01": (
        "1.5.1_Series_VC_DSR_AFFCT",
        "1.5.1_Series_VC_DSR_MTMP",
        "10.7.2_Series_SG_CPA_MIGR",
        "10.7.2_Series_SG_CPA_MIGRP",
        "10.c.1_Series_SI_RMT_COST",
        "11.5.1_Series_VC_DSR_MTMP",
        "13.1.1_Series_VC_DSR_MTMP",
        "16.2.2_Series_VC_HTF_DETV",
        "16.2.2_Series_VC_HTF_DETVFL",
        "16.2.2_Series_VC_HTF_DETVSX",
        "16.9.1_Series_SG_REG_BRTH",
        "17.18.2_Series_SG_STT_FPOS",
        "17.18.3_Series_SG_STT_NSDSFND",
        "17.18.3_Series_SG_STT_NSDSIMPL",
        "17.19.2_Series_SG_REG_BRTH90N",
        "4.b.1_Series_DC_TOF_SCHIPSL",
        "5.3.1_Series_SP_DYN_MRBF15",
        "5.3.1_Series_SP_DYN_MRBF18",
        "8.7.1_Series_SL_TLF_CHLDEA",
        "8.7.1_Series_SL_TLF_CHLDEC",
        "8.8.1_Series_SL_EMP_FTLINJUR",
    ),
}
WIDE = (
    "10.7.2_Series_SG_CPA_MIGR",
    "10.c.1_Series_SI_RMT_COST",
    "16.9.1_Series_SG_REG_BRTH",
    "17.3.2_Series_BX_TRF_PWKR",
    "3.c.1_Series_SH_MED_HEAWOR",
    "4.b.1_Series_DC_TOF_SCHIPSL",
    "8.7.1_Series_SL_TLF_CHLDEA",
)
SNAPSHOT = (
    "bx_trf_pwkr--by--geo_area--nature--units--year",
    "dc_tof_schipsl--by--geo_area--nature--units--year",
    "sg_cpa_migrp--by--geo_area--nature--policy_domains--units--year",
    "sg_cpa_migrs--by--geo_area--nature--policy_domains--units--year",
    "sg_reg_brth--by--age--geo_area--nature--units--year",
    "sg_reg_brth90--by--geo_area--nature--units--year",
    "sg_reg_brth90n--by--geo_area--nature--units--year",
    "sg_stt_capty--by--geo_area--nature--units--year",
    "sg_stt_fpos--by--geo_area--nature--units--year",
    "sg_stt_nsdsfnd--by--geo_area--nature--units--year",
    "sg_stt_nsdsimpl--by--geo_area--nature--units--year",
    "sh_med_heawor--by--geo_area--nature--type_of_occupation--units--year",
    "sh_med_hwrkdis--by--geo_area--nature--sex--type_of_occupation--units--year",
    "sh_sta_fgms--by--age--geo_area--nature--sex--units--year",
    "si_rmt_cost--by--geo_area--nature--units--year",
    "sl_emp_ftlinjur--by--geo_area--migratory_status--nature--sex--units--year",
    "sl_emp_injur--by--geo_area--migratory_status--nature--sex--units--year",
    "sl_lbr_ntlcpl--by--geo_area--migratory_status--nature--units--year",
    "sl_tlf_chldea--by--age--geo_area--nature--sex--units--year",
    "sl_tlf_chldec--by--age--geo_area--nature--sex--units--year",
    "sm_dth_migr--by--geo_area--nature--units--year",
    "sm_pop_refg_or--by--geo_area--nature--units--year",
    "sp_dyn_mrbf15--by--age--geo_area--nature--sex--units--year",
    "sp_dyn_mrbf18--by--age--geo_area--nature--sex--units--year",
    "vc_dsr_affct--by--geo_area--nature--units--year",
    "vc_dsr_mtmn--by--geo_area--nature--units--year",
    "vc_dsr_mtmp--by--geo_area--nature--units--year",
    "vc_htf_detv--by--age--geo_area--nature--sex--units--year",
    "vc_htf_detvfl--by--age--geo_area--nature--sex--units--year",
    "vc_htf_detvog--by--age--geo_area--nature--sex--units--year",
    "vc_htf_detvop--by--age--geo_area--nature--sex--units--year",
    "vc_htf_detvsx--by--age--geo_area--nature--sex--units--year",
)


def long_cells(path: Path) -> int:
    """Observations in a long JSON file."""
    return sum(len(area["data"]) for area in json.loads(gzip.decompress(path.read_bytes()))["refAreas"])


def csv_rows(path: Path) -> int:
    """Rows of a CSV file after its heading."""
    with path.open(encoding="utf-8", newline="") as stream:
        return sum(1 for _row in csv.reader(stream)) - 1


def folder_rows(path: Path) -> int:
    """Rows of all datapoint files of the snapshot."""
    return sum(csv_rows(file) for file in path.glob("ddf--datapoints--*.csv"))


def wide_figures(path: Path) -> int:
    """Filled cells of a wide file's years, and years of which only the merged details say something (one year, here)."""
    first, *lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    names = first.split("\t")
    years = [index for index, name in enumerate(names) if re.fullmatch(r"value_\d{4}", name)]
    rows = [line.split("\t") for line in lines]
    letters = sum(row[names.index("valueDetails")].count("]: ") for row in rows)
    return sum(1 for row in rows for index in years if row[index]) + letters


def workbook_figures(path: Path) -> int:
    """Rows of the first sheet in which a value stands (none of the others says anything of a figure)."""
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True).worksheets[0]
    heading, *rows = sheet.iter_rows(values_only=True)
    return sum(1 for row in rows if row[heading.index("value")] is not None)


SOURCES = (
    *(
        Source(
            PUBLISHER,
            f"data/un-sdg-2019/{vintage}/long-json/Indicator_{name}.json.gz",
            "UNSD-SDG",
            long_cells,
            vintage=vintage,
        )
        for vintage, names in LONG.items()
        for name in names
    ),
    *(
        Source(
            PUBLISHER,
            f"data/un-sdg-ddf-2020-10/ddf--datapoints--{name}.csv",
            "UNSD-SDG",
            csv_rows,
            vintage="2020-10",
        )
        for name in SNAPSHOT
    ),
    Source(PUBLISHER, "data/un-sdg-ddf-2020-10", "UNSD-SDG", folder_rows, vintage="2020-10"),
    *(
        Source(
            PUBLISHER,
            f"data/un-sdg-2019/2019.Q3.G.01/wide-tsv/csv_Indicator_{name}.csv.gz",
            "UNSD-SDG",
            wide_figures,
            why="A row without data is none: the publisher's grid has one for every area.",
        )
        for name in WIDE
    ),
    Source(
        PUBLISHER,
        "data/un-sdg-2019/xlsx-2019.Q1.G.02/Data_10.c.1_SI_RMT_COST.xlsx",
        "UNSD-SDG",
        workbook_figures,
        why="628 of its 930 rows are the publisher's grid of areas and years, without data.",
    ),
)
