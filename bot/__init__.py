"""The only place with input and output: channels, storage thread, scheduler, delivery, command line."""

import os

# Workbooks come from anybody. openpyxl refuses XML entities by defusedxml, but not when it finds lxml, which the writer
# of slides brings along; it looks once, when it is first imported (bot/workbook/excel.py makes sure of it).
os.environ["OPENPYXL_LXML"] = "False"
