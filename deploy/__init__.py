"""Indblik on several machines, and the same on one: a proxy with sticky visitors, replicas and a store.

Caddyfile, Containerfile, compose.yaml and kubernetes/ are for the machines; `python -m deploy` runs the same
topology here. README.md tells how.
"""
