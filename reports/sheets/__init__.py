"""Spreadsheets: cells that are safe, a workbook with our formats, and the sheets of a portal and of a round."""
