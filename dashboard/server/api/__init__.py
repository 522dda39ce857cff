"""`/api/v1/`: what the dashboard shows, for programs, read-only and from the same release as the screen.

routes     the table of addresses that both the server and the OpenAPI document are made from
call       one request: which release, which parameters, JSON or CSV
parameters what may stand after the question mark
problem    what is answered when something is wrong (RFC 9457, Danish)
endpoint   what an address is
columns    what a row holds, for JSON, CSV and schema alike
tables     the tables: their rows and their columns
listings   one table or one row of it as an answer
releases   which releases there are, and their files
openapi    the OpenAPI 3.1 document
dcat       the DCAT-AP catalogue
catalogue  schema.org, and what every catalogue says
ranges     the part of an answer that Range asks for
handler    methods, CORS, compression, ETag, errors
"""
