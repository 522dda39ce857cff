"""Files to take away: each is made by pure code from the same pictures and figures as the screen.

handout    what a link shows, with its texts, figures, sources and QR code
delimited  CSV                      workbook  XLSX
drawing    PNG, SVG, PDF            slides    PPTX
sheet      A4 as PDF                folder    all of it in one zip
meeting    a run sheet's views      together  one file of a whole run sheet
files      name → file; `python -m dashboard.export` writes them from the command line

The libraries that write XLSX, PPTX, PDF and pictures are imported when a file is asked for.
"""
