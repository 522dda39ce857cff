"""Everything between the browser and Streamlit: what `app.py` puts around the session script.

settings   the frozen configuration, checked at start
index      the HTML of every page from the first byte: head, menu, panel, then Streamlit's root
chunks     which script files a page will need
pages      which addresses exist; redirects and the Danish 404
assets     our own files and Streamlit's, compressed and cached
talpas     /tal/<figure-id>
health     /healthz, /klar
trace      the id of a request, in the log and in the answer
logs       the log: JSON lines without persons
metrics    what is measured; scrape: /metrics
runs       around every run of a page's script
gate       who comes in: host, origin, sizes
login      who is let in where login is required; off otherwise
discreet   what Streamlit tells of the machine, masked
limits     how much may be drawn for one visitor
follow     who follows a presentation; in this process, or in a store for several (follow_shared)
leaving    how the process stops: says so, serves on for a while, lets go
headers    security headers
faults     what happens when a page script fails
memory     what is loaded before the port opens, and garbage collection
reply      one HTTP answer: encoding, ETag, HEAD
"""
