"""The plan (udskiftningsplan): what would change in public if today's inputs were published.

tables    the tables of a release, on disk or just built
figures   figure by figure: added, gone, old → new, and which of them jump
fetched   fetched series: counts, and the figures that moved the most
entries   texts and definitions: added, gone, which fields say something else
touched   sentences, questions, relations, run sheets … that show a changed figure, and links that are affected
screens   what the charts of run sheets show, asked of the dashboard
plan      all of it together
listing   every figure that changes, as CSV for a spreadsheet
words     the plan as Danish text
page      the plan as one HTML page
"""
